import * as z from "zod";
import { SettingsError } from "../core/errors";
import { askPulumi, type StackPlace } from "./pulumi-cli";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

/**
 * The configuration of a stack, secrets included, as the Pulumi CLI on PATH tells it. Nothing of it is shown.
 * @throws PulumiCliError, SettingsError
 */
export async function stackSettings(place: StackPlace): Promise<(key: string) => string | undefined> {
  const answer = await askPulumi("configuration", ["config", "--json", "--show-secrets"], place);
  const read = configuration.safeParse(answer);
  if (read.success) return (key) => read.data[key]?.value;
  throw new SettingsError(
    `The configuration of the stack ${JSON.stringify(place.stack)} could not be read: pulumi config answered something else than its configuration`,
  );
}
