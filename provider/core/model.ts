import type { OrUnknown } from "./unknown";

export const TOKEN_TYPES = ["input", "output", "total"] as const;

/** Which tokens of a model run a token limit counts; `"total"` is input plus output. */
export type TokenType = (typeof TOKEN_TYPES)[number];

/**
 * Limits of one scope: the whole key, or one model. Omit a limit for no limit; `0` is assumed to allow nothing (the
 * platform does not document it). Windows are the UTC minute and the UTC day. A changed limit takes effect with the
 * next window. The text of each property comes from properties.ts.
 */
export interface Limits {
  /** Tokens per UTC minute: a whole number, 0 or more. Default: no limit. */
  readonly tokensPerMinute?: number | undefined;
  /** Tokens per UTC day: a whole number, 0 or more. Default: no limit. */
  readonly tokensPerDay?: number | undefined;
  /** Requests per UTC minute: a whole number, 0 or more. Default: no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Requests per UTC day: a whole number, 0 or more. Default: no limit. */
  readonly requestsPerDay?: number | undefined;
  /** Which tokens the token limits count: "input", "output" or "total". Default: "total", input plus output. */
  readonly tokenType?: TokenType | undefined;
}

/** Limits of one model. They apply in addition to the limits of the whole key. */
export interface AssetLimits extends Limits {
  /** The model: its id ("6661df926d36df3b878e0697") or its path ("openai/gpt-4o-mini/openai"). Required. */
  readonly model: string;
}

export const isModelPath = (model: string): boolean => model.includes("/");

/** What happens to a key when its resource is removed or replaced. */
export const DELETION_POLICIES = ["delete", "expire", "keep"] as const;
export type DeletionPolicy = (typeof DELETION_POLICIES)[number];

/** The limits that a boost can raise. */
export type BoostedLimits = Omit<Limits, "tokenType">;

/** Temporarily higher limits. */
export interface Boost {
  /**
   * The day on which the ordinary limits return, at midnight UTC: a date ("2027-02-01") or an ISO 8601 instant
   * ("2027-02-01T00:00:00Z"). Required. The first update on or after that day restores them. With a day in the past,
   * the boost has no effect.
   */
  readonly until: string;
  /** Higher limits of the key as a whole; each raises a limit in `globalLimits`. Default: none are raised. */
  readonly globalLimits?: BoostedLimits | undefined;
  /**
   * Higher limits of single models; each raises a limit in `assetLimits`, with the model spelled as there: a list
   * with one entry per model, whose order has no meaning. Default: none are raised.
   */
  readonly assetLimits?: readonly (BoostedLimits & Pick<AssetLimits, "model">)[] | undefined;
}

/** An existing key that a new resource adopts: its `id` or its `name`. */
export interface Adoption {
  /** The key: its id. Default: none; then `name` is required. */
  readonly id?: string | undefined;
  /** The key: its exact name. Default: none; then `id` is required. */
  readonly name?: string | undefined;
  /**
   * The access key, a secret: as the platform showed it when the key was created; the provider refuses one that does
   * not match. Default: unknown, and the output `accessKey` is undefined.
   */
  readonly accessKey?: string | undefined;
}

export interface LiveAssetLimits extends AssetLimits {
  /** The id of the model, when `model` is a path. */
  readonly modelId?: string | undefined;
}

/** What a program declares about a key. Omitting a property, or removing it later, removes it from the key. */
export interface ApiKeyDeclaration {
  /**
   * The name of the key, unique in the aiXplain account: 1 to 255 characters, without control characters and without
   * spaces around it. Default: `<resource name>-<7 hex digits>`, which allows a replacement to be created before the
   * old key is deleted. Changing it renames the key in place. The maximum is assumed: the platform documents none.
   */
  readonly name?: string | undefined;
  /**
   * The total number of credits that the key may spend: a number, 0 or more. Default: no budget. Raising it adds
   * credits.
   */
  readonly budget?: number | undefined;
  /**
   * When the key expires, always at midnight UTC: a date ("2027-01-31") or an ISO 8601 instant
   * ("2027-01-31T00:00:00Z"). Default: never. A date in the past is an error on a new key.
   */
  readonly expiresAt?: string | undefined;
  /** Limits of the key as a whole. Default: none. */
  readonly globalLimits?: Limits | undefined;
  /**
   * Limits of single models: a list with one entry per model, whose order has no meaning. Default: none. They hold
   * together with `globalLimits`; neither overrides the other.
   */
  readonly assetLimits?: readonly AssetLimits[] | undefined;
  /**
   * Whether the key is suspended: true or false. Default: false. The platform refuses a suspended key at once.
   * Removing this restores the key with the same access key, budget, limits and expiry.
   */
  readonly suspended?: boolean | undefined;
  /** Temporarily higher limits, instead of those in `globalLimits` and `assetLimits`. Default: none. */
  readonly boost?: Boost | undefined;
  /**
   * What happens to the key when its resource is removed or replaced: "delete", "expire" or "keep". Default:
   * "delete". "expire" lets the key expire at the next midnight UTC; "keep" leaves it unchanged. The value of the
   * last update counts.
   */
  readonly deletionPolicy?: DeletionPolicy | undefined;
  /**
   * An existing key that the new resource adopts, by `id` or by `name`; admin keys are refused. Default: a new key.
   * It has an effect only when the resource is created.
   */
  readonly adopt?: Adoption | undefined;
  /**
   * A text that you change when the access key has leaked: any text, such as a date or an incident number
   * ("INC-4711"). Default: none. The state keeps it; the platform never receives it. Changing it to another value
   * replaces the key. Setting it for the first time or removing it does not.
   */
  readonly rotationTrigger?: string | undefined;
}

/**
 * The inputs after `check`: canonical (`expiresAt` as a date, `assetLimits` sorted by model) and always with a name.
 */
export interface ApiKeyInputs extends ApiKeyDeclaration {
  readonly name: string;
  /** Present while the name is automatic: the seed from the program, then `true`. */
  readonly [AUTO_NAME]?: string | true | undefined;
  readonly [OPTIONS]?: EngineOptions | undefined;
}

/** The hidden input behind automatic names. Pulumi does not display properties that begin with `__`. */
export const AUTO_NAME = "__autoname";

/** The hidden input with resource options that the engine does not pass to a dynamic provider. */
export const OPTIONS = "__options";

/** Resource options: lists of Pulumi property paths such as `globalLimits.tokensPerDay`. */
export interface EngineOptions {
  readonly ignoreChanges?: readonly string[] | undefined;
  readonly replaceOnChanges?: readonly string[] | undefined;
  /** Properties that the program marked as secret. Messages hide their values. */
  readonly secrets?: readonly string[] | undefined;
}

/** The hidden output that identifies the key's account. A missing key proves a deletion only in that account. */
export const ACCOUNT = "__account";

type Preview<T> = OrUnknown<
  T extends readonly (infer E)[]
    ? readonly Preview<E>[]
    : T extends object
      ? { readonly [P in keyof T]: Preview<T[P]> }
      : T
>;

export type PreviewInputs = {
  readonly [P in keyof ApiKeyInputs]: P extends typeof OPTIONS ? ApiKeyInputs[P] : Preview<ApiKeyInputs[P]>;
};

/** A key as the platform returns it. The platform never returns its access key again. */
export interface LiveKey extends Omit<ApiKeyDeclaration, "assetLimits" | "boost" | "adopt"> {
  readonly id: string;
  readonly name: string;
  /** The access key with all but its first and last four characters hidden. */
  readonly accessKeyHint: string;
  /** An admin key manages keys and cannot run models. */
  readonly isAdmin: boolean;
  /** `model` is the id here. */
  readonly assetLimits?: readonly AssetLimits[] | undefined;
}

export interface ApiKeyState extends Omit<ApiKeyDeclaration, "assetLimits" | "boost" | "adopt"> {
  readonly name: string;
  /** Known only from the answer to `create`; absent for a key that this stack did not create. */
  readonly accessKey?: string | undefined;
  readonly accessKeyHint: string;
  readonly assetLimits?: readonly LiveAssetLimits[] | undefined;
  /** Which account the key belongs to; absent in a state of an older version. Holds no secret. */
  readonly [ACCOUNT]?: string | undefined;
}
