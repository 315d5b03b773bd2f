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
  /** Tokens per UTC minute: a whole number, 0 or more. Left out: no limit. */
  readonly tokensPerMinute?: number | undefined;
  /** Tokens per UTC day: a whole number, 0 or more. Left out: no limit. */
  readonly tokensPerDay?: number | undefined;
  /** Requests per UTC minute: a whole number, 0 or more. Left out: no limit. */
  readonly requestsPerMinute?: number | undefined;
  /** Requests per UTC day: a whole number, 0 or more. Left out: no limit. */
  readonly requestsPerDay?: number | undefined;
  /** Which tokens the token limits count: "input", "output" or "total". Left out: "total", input plus output. */
  readonly tokenType?: TokenType | undefined;
}

/** Limits of one model. They apply in addition to the limits of the whole key. */
export interface AssetLimits extends Limits {
  /** The model: its id ("6661df926d36df3b878e0697") or its path ("openai/gpt-4o-mini/openai"). Left out: an error. */
  readonly model: string;
}

export const isModelPath = (model: string): boolean => model.includes("/");

/** What happens to a key whose resource is removed or replaced. */
export const DELETION_POLICIES = ["delete", "expire", "keep"] as const;
export type DeletionPolicy = (typeof DELETION_POLICIES)[number];

/** Limits that can be raised for a time: those of the declaration, but for what tokens they count. */
export type BoostedLimits = Omit<Limits, "tokenType">;

/** Higher limits for a time. */
export interface Boost {
  /**
   * The day from which the limits are the ordinary ones again, at midnight UTC: a date ("2027-02-01") or an ISO 8601
   * instant ("2027-02-01T00:00:00Z"). Left out: an error. The first run after it sets them back. A day in the past
   * is no error: the boost has no effect.
   */
  readonly until: string;
  /** Higher limits of the key as a whole; each raises one that `globalLimits` sets. Left out: none are raised. */
  readonly globalLimits?: BoostedLimits | undefined;
  /**
   * Higher limits of single models; each raises one that `assetLimits` sets, for the model as spelled there: a list
   * with one entry per model, whose order has no meaning. Left out: none are raised.
   */
  readonly assetLimits?: readonly (BoostedLimits & Pick<AssetLimits, "model">)[] | undefined;
}

/** An existing key that a new resource takes over: its `id` or its `name`. */
export interface Adoption {
  /** The key: its id. Left out: give `name`. */
  readonly id?: string | undefined;
  /** The key: its exact name. Left out: give `id`. */
  readonly name?: string | undefined;
  /**
   * The access key, a secret: as the platform showed it when the key was created; one that does not fit the key is
   * refused. Left out: the access key stays unknown, and so does the output `accessKey`.
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
   * spaces around it. Left out: `<resource name>-<7 hex digits>`, and a replacement can be created before the old key
   * goes. Changing it renames the key in place. The maximum is assumed: the platform documents none.
   */
  readonly name?: string | undefined;
  /**
   * The total number of credits that the key may spend: a number, 0 or more. Left out: no budget. Raising it adds
   * credits.
   */
  readonly budget?: number | undefined;
  /**
   * When the key expires, always at midnight UTC: a date ("2027-01-31") or an ISO 8601 instant
   * ("2027-01-31T00:00:00Z"). Left out: never. A date in the past is an error on a new key.
   */
  readonly expiresAt?: string | undefined;
  /** Limits of the key as a whole. Left out: none. */
  readonly globalLimits?: Limits | undefined;
  /**
   * Limits of single models: a list with one entry per model, whose order has no meaning. Left out: none. They hold
   * together with `globalLimits`; neither overrides the other.
   */
  readonly assetLimits?: readonly AssetLimits[] | undefined;
  /**
   * Whether the key is stopped: true or false. Left out: false. The platform refuses a suspended key at once. It
   * comes back with the same access key, budget, limits and expiry.
   */
  readonly suspended?: boolean | undefined;
  /** Higher limits for a time, in the place of those that `globalLimits` and `assetLimits` set. Left out: none. */
  readonly boost?: Boost | undefined;
  /**
   * What happens to the key when its resource is removed or replaced: "delete", "expire" or "keep". Left out:
   * "delete". "expire" leaves the key and lets it expire at the next midnight UTC; "keep" leaves it as it is. What
   * the last update wrote into the state counts.
   */
  readonly deletionPolicy?: DeletionPolicy | undefined;
  /**
   * An existing key that the new resource takes over, by `id` or by `name`; admin keys are refused. Left out: a key
   * is created. It acts when the resource is created, and has no effect afterwards.
   */
  readonly adopt?: Adoption | undefined;
  /**
   * A text to change when the access key has leaked: any, such as a date or the number of an incident ("INC-4711").
   * Left out: nothing to change. It is kept in the state and never sent to the platform. Changing it to another value
   * replaces the key. Setting it for the first time or removing it leaves the key as it is.
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

/** The hidden output that identifies the key's account. A missing key is only proof of deletion in that account. */
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

/** What Pulumi's state holds of a key: its outputs. */
export interface ApiKeyState extends Omit<ApiKeyDeclaration, "assetLimits" | "boost" | "adopt"> {
  readonly name: string;
  /** The access key. Known from the answer to `create` alone; absent for a key that this stack did not create. */
  readonly accessKey?: string | undefined;
  readonly accessKeyHint: string;
  readonly assetLimits?: readonly LiveAssetLimits[] | undefined;
  /** Which account the key belongs to; absent in a state of an older version. Holds no secret. */
  readonly [ACCOUNT]?: string | undefined;
}
