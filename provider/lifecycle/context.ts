import type { ApiKeysApi } from "../api/api-keys";
import type { ModelsApi } from "../api/models";
import { DeclarationError } from "../core/errors";
import { isModelPath, type LiveKey } from "../core/model";
import { type ModelIds, repeatedModels } from "../core/model-ids";
import { hintMatches, type Redactor } from "../core/secret";
import type { Account } from "./account";
import type { UnprovenAbsenceError } from "./errors";
import type { Stack } from "./stack";
import type { Turns } from "./turns";
import type { Warnings } from "./warnings";

export interface Context {
  readonly keys: ApiKeysApi;
  readonly models: ModelsApi;
  readonly account: Account;
  readonly redactor: Redactor;
  readonly adminKey: string;
  /** Whether `diff` compares with the live key instead of the last state. */
  readonly driftCheck: boolean;
  /**
   * The instant that dates are compared with, in milliseconds since 1970. A setting can fix it: do not measure time
   * with it.
   */
  readonly now: () => number;
  readonly report: (line: string) => void;
  readonly warnings: Warnings;
  /** The setting `aixplain:accountId`. */
  readonly accountId: string | undefined;
  readonly stack: Stack;
  /** Checks for the end of the run. Each returns a line to report, or nothing. */
  readonly atEnd: (() => Promise<string | undefined>)[];
  /** Missing keys without proof of deletion: this may be the wrong account. */
  readonly doubts: UnprovenAbsenceError[];
  /** Serialises renames, so that keys that swap names do not interfere. */
  readonly renames: Turns;
}

/** Why the provider must not touch a key, or `undefined`. */
export function protection(context: Pick<Context, "adminKey">, live: LiveKey): string | undefined {
  // By the hint: an answer may omit `isAdmin`.
  if (hintMatches(live.accessKeyHint, context.adminKey)) {
    return "the provider authenticates with it";
  }
  return live.isAdmin ? "it is an admin key of the account" : undefined;
}

/**
 * Resolves model paths to ids. `remembered` ids come from the state.
 * @throws DeclarationError if two entries name the same model
 */
export async function resolveModels(
  context: Context,
  models: readonly string[],
  remembered: ModelIds = new Map(),
): Promise<ModelIds> {
  const paths = [...new Set(models)].filter(isModelPath);
  const entries = paths.map(
    async (path) => [path, remembered.get(path) ?? (await context.models.idOf(path))] as const,
  );
  const ids = new Map(await Promise.all(entries));
  const repeated = repeatedModels(models, ids);
  if (repeated.length > 0) throw new DeclarationError(repeated);
  return ids;
}
