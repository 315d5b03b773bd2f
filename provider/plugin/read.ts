import type { Connection } from "../api/connect";
import { AixplainError } from "../core/errors";
import type { ApiKeyState } from "../core/model";
import { hintMatches } from "../core/secret";
import { readState, toInputs } from "../core/state";
import { NoSuchKeyError } from "../lifecycle/errors";
import type { Lifecycle, ReadResult } from "../lifecycle/lifecycle";
import type { Properties } from "./values";

/** Access keys for imported keys, separated by commas or spaces. */
export const ACCESS_KEYS = "AIXPLAIN_ACCESS_KEYS";

class AccessKeyError extends AixplainError {
  override readonly name = "AccessKeyError";
}

export interface Reading {
  readonly life: Lifecycle;
  readonly keys: Connection["keys"];
  readonly accessKeys: readonly string[];
  readonly warn: (line: string) => void;
}

export const accessKeysOf = (text = ""): string[] => text.split(/[\s,]+/).filter((each) => each !== "");

function matching(hint: string, given: readonly string[]): string | undefined {
  const found = [...new Set(given.filter((each) => hintMatches(hint, each)))];
  if (found.length < 2) return found[0];
  throw new AccessKeyError(
    `${ACCESS_KEYS} contains ${found.length} access keys that match ${hint}: keep only the right one`,
  );
}

/** Reads a key for a refresh. Takes an access key that the state lacks from the environment. */
export async function refreshed(
  { life, accessKeys }: Reading,
  id: string,
  state: Properties,
): Promise<ReadResult> {
  const result = await life.read(id, state);
  if (!result.props || result.props.accessKey !== undefined) return result;
  const accessKey = matching(result.props.accessKeyHint, accessKeys);
  return accessKey === undefined ? result : { ...result, props: { ...result.props, accessKey } };
}

async function find({ life, keys }: Reading, idOrName: string): Promise<ReadResult> {
  try {
    return await life.read(idOrName, {});
  } catch (error) {
    if (!(error instanceof NoSuchKeyError)) throw error;
    const named = (await keys.list()).filter(({ name }) => name === idOrName);
    const [only] = named;
    if (!only || named.length > 1) throw error;
    return life.read(only.id, {});
  }
}

const unlessNone = (hint: string, name: string): string =>
  `The access key of ${JSON.stringify(name)} (${hint}) is unknown: the platform shows it once, when it creates the key. ` +
  `To add it to the stack as a secret, set ${ACCESS_KEYS} and run pulumi refresh. The key can be managed without it.`;

function accessKeyFor(
  { name, accessKeyHint }: ApiKeyState,
  { accessKeys, warn }: Reading,
): string | undefined {
  const accessKey = matching(accessKeyHint, accessKeys);
  if (accessKey !== undefined) return accessKey;
  if (accessKeys.length > 0) {
    throw new AccessKeyError(
      `${ACCESS_KEYS} contains ${accessKeys.length === 1 ? "an access key that is not" : `${accessKeys.length} access keys, none of which is`} that of ${JSON.stringify(name)} (${accessKeyHint}): ` +
        "add the access key of this key, or unset the variable to import the key without it",
    );
  }
  warn(unlessNone(accessKeyHint, name));
  return undefined;
}

/** Reads a key without a state: for an import, which needs its inputs, or for `ApiKey.get`. */
export async function imported(reading: Reading, idOrName: string): Promise<ReadResult> {
  const { id, props } = await find(reading, idOrName);
  if (!props) return { id };
  const accessKey = accessKeyFor(props, reading);
  const inputs = toInputs(readState(props));
  return { id, props: accessKey === undefined ? props : { ...props, accessKey }, inputs };
}
