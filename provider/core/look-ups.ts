import type { LiveKey } from "./model";

/** The key to look up. Set exactly one property. */
export interface GetApiKeyArgs {
  /** The id of the key. */
  readonly id?: string | undefined;
  /** The exact name of the key. */
  readonly name?: string | undefined;
}

/** A key as the platform shows it; its access key is never shown. */
export type GetApiKeyResult = LiveKey;

/** The conditions that a key must meet. */
export interface GetApiKeysArgs {
  /** Only keys whose names begin with this text. */
  readonly namePrefix?: string | undefined;
  /** Only keys that expire within this number of days. Expired keys are not included. */
  readonly expiringWithinDays?: number | undefined;
  /**
   * Only keys that have used more than this percentage of a daily limit, of the whole key or of a model. Costs one call
   * for each key that meets the other conditions and has a daily limit.
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
  /** Such as `openai/gpt-4o-mini/openai`; absent if the platform has none. */
  readonly path?: string;
  readonly name?: string;
}
