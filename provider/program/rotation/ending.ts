import * as pulumi from "@pulumi/pulumi";
import type { ListedKey } from "../../api/api-keys";
import { autoName, identityOf } from "../../core/auto-name";
import { childName, type PlannedGeneration } from "../../core/rotation/plan";
import { DYNAMIC_TYPE } from "../../dynamic/stub";

/** How many automatic names of a resource are tried: more than repeated crashes leave behind. */
const TRIED = 16;

const GENERATION = /-generation-(\d{4}-\d{2}-\d{2}(?:\.\d+)?)-[0-9a-f]{7}$/;

const textOf = (output: pulumi.Output<string>): Promise<string> =>
  new Promise((resolve) => void output.apply(resolve));

/** The keys of a rotation that its program no longer declares: this update deletes them. */
export async function endingKeys(
  parent: pulumi.Resource,
  name: string,
  keys: readonly ListedKey[],
  planned: readonly PlannedGeneration[],
): Promise<readonly { readonly id: string; readonly key: string }[]> {
  const ending: { id: string; key: string }[] = [];
  for (const key of keys) {
    const id = GENERATION.exec(key.name)?.[1];
    if (id === undefined || planned.some((each) => each.id === id)) continue;
    const logicalName = childName(name, id);
    if (!key.name.startsWith(logicalName)) continue;
    // The dynamic provider's names. The plugin uses the same.
    const identity = identityOf(await textOf(pulumi.createUrn(logicalName, DYNAMIC_TYPE, parent)));
    const names = Array.from({ length: TRIED }, (_, n) => autoName(logicalName, identity, n));
    if (names.includes(key.name)) ending.push({ id, key: key.id });
  }
  return ending;
}
