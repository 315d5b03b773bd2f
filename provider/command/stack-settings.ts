import * as z from "zod";
import { SettingsError } from "../core/errors";
import { askPulumi, type StackPlace } from "./pulumi-cli";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

/**
 * The configuration of a stack, secrets included, from the Pulumi CLI. It is never printed.
 * @throws PulumiCliError, SettingsError
 */
export async function stackSettings(place: StackPlace): Promise<(key: string) => string | undefined> {
  const answer = await askPulumi("configuration", ["config", "--json", "--show-secrets"], place);
  const read = configuration.safeParse(answer);
  if (read.success) return (key) => read.data[key]?.value;
  throw new SettingsError(
    `The configuration of the stack ${JSON.stringify(place.stack)} could not be read: pulumi config did not print a configuration`,
  );
}
