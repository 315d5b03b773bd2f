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

/** What every step of the lifecycle works with. One per provider process. */
export interface Context {
  readonly keys: ApiKeysApi;
  readonly models: ModelsApi;
  readonly account: Account;
  readonly redactor: Redactor;
  /** The key that the provider authenticates with. */
  readonly adminKey: string;
  /** Whether `diff` compares with the live key, or with the last state only. */
  readonly driftCheck: boolean;
  /** The instant that dates are judged by, in milliseconds since 1970. Not for measuring time: a setting can fix it. */
  readonly now: () => number;
  /** Tells the person at the terminal something that is not an error. */
  readonly report: (line: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
  /** The account that the settings name as that of the stack. */
  readonly accountId: string | undefined;
  /** What this run has seen of its own stack. */
  readonly stack: Stack;
  /** What can be judged only once every resource was seen: each answers a line to tell, or nothing. */
  readonly atEnd: (() => Promise<string | undefined>)[];
  /** Keys that are absent without proof that they are gone: then this may be another account. */
  readonly doubts: UnprovenAbsenceError[];
  /** One change of a name at a time: keys that swap names must not push each other aside. */
  readonly renames: Turns;
}

/** Why the provider keeps its hands off a key, or `undefined` for a key that it may manage. */
export function protection(context: Pick<Context, "adminKey">, live: LiveKey): string | undefined {
  // Recognised by its hint alone: an answer that leaves `isAdmin` out must not cost the account its admin key.
  if (hintMatches(live.accessKeyHint, context.adminKey)) {
    return "it is the key that the provider itself authenticates with";
  }
  return live.isAdmin ? "it is an admin key of the account" : undefined;
}

/**
 * The ids of the models that are declared by path; `remembered` are those that the state knows already.
 * @throws DeclarationError where two of the models are one
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
