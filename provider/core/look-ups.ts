import type { LiveKey } from "./model";

/** Which key to look up: either of the two. */
export interface GetApiKeyArgs {
  /** The id of the key. */
  readonly id?: string | undefined;
  /** The exact name of the key. */
  readonly name?: string | undefined;
}

/** A key as the platform shows it; its access key is never shown. */
export type GetApiKeyResult = LiveKey;

/** Which keys of the account: those that meet every condition that is given. */
export interface GetApiKeysArgs {
  /** Only keys whose names begin with this text. */
  readonly namePrefix?: string | undefined;
  /** Only keys that expire within so many days from now, a whole number; keys that have expired are not among them. */
  readonly expiringWithinDays?: number | undefined;
  /**
   * Only keys that have used more than so many percent of one of their limits of the UTC day, as a whole or for a model.
   * One call for each key that meets the other conditions and has such a limit.
   */
  readonly usedAbovePercent?: number | undefined;
}

export interface GetApiKeysResult {
  /** The keys, in the order of the platform's list. */
  readonly apiKeys: readonly GetApiKeyResult[];
}

export interface GetModelArgs {
  /** The model: its id or its path, such as `openai/gpt-4o-mini/openai`. */
  readonly model: string;
}

/** A model as the platform knows it. */
export interface GetModelResult {
  readonly id: string;
  /** Such as `openai/gpt-4o-mini/openai`; absent where the platform tells none. */
  readonly path?: string;
  readonly name?: string;
}
