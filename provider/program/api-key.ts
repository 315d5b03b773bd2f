import * as pulumi from "@pulumi/pulumi";
import { formatSeed, identityOf } from "../core/auto-name";
import type { ApiKeyDeclaration, DeletionPolicy, Limits, LiveAssetLimits } from "../core/model";
import { AUTO_NAME } from "../core/model";
import type { ApiKeyUsage } from "../core/usage";
import { DYNAMIC_STUB, DYNAMIC_TYPE } from "../dynamic/stub";
import { engineOptions } from "./engine-options";
import { watchExports } from "./plain-exports";
import { requireRuntime } from "./require-runtime";
import { demandSecretSettings } from "./secret-settings";
import { serialisable } from "./serialisable";
import type { ModelUsage } from "./usage";
import { keyModelUsage, keyUsage } from "./usage";

type Inputs<T> = T extends readonly (infer E)[]
  ? pulumi.Input<pulumi.Input<Inputs<E>>[]>
  : T extends object
    ? pulumi.Input<{ [P in keyof T]: Inputs<T[P]> }>
    : pulumi.Input<T>;

type InputFields<T> = { [P in keyof T]: Inputs<T[P]> };

/** The properties of a key. Omitting a property, or removing it later, removes it from the key. */
export interface ApiKeyArgs extends InputFields<Omit<ApiKeyDeclaration, "expiresAt">> {
  /**
   * When the key expires, always at midnight UTC: a date (`"2027-01-31"`), an ISO 8601 instant
   * (`"2027-01-31T00:00:00Z"`) or a `Date`. Default: never. A date in the past is an error on a new key.
   */
  readonly expiresAt?: pulumi.Input<string | Date | undefined>;
}

const dateText = (value: string | Date | undefined): string | undefined =>
  value instanceof Date ? (Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString()) : value;

/** Pulumi would serialise a `Date` as an empty object. */
export function expiryInput(value: ApiKeyArgs["expiresAt"]): pulumi.Input<string | undefined> {
  if (pulumi.Output.isInstance(value)) return value.apply(dateText);
  return value instanceof Promise ? value.then(dateText) : dateText(value);
}

/** The access key of an adoption is a secret, even if the program sets it as plain text. */
export function adoptInput(adopt: ApiKeyArgs["adopt"]): ApiKeyArgs["adopt"] {
  if (adopt === undefined || adopt === null) return undefined;
  const isPlain =
    typeof adopt === "object" && !pulumi.Output.isInstance(adopt) && !(adopt instanceof Promise);
  if (!isPlain) return pulumi.secret(adopt) as ApiKeyArgs["adopt"];
  const { accessKey } = adopt as { readonly accessKey?: pulumi.Input<string> };
  return accessKey === undefined ? adopt : { ...adopt, accessKey: pulumi.secret(accessKey) };
}

/**
 * The seed of an automatic name. Without a parent the URN is text: outputs would cost most of a millisecond per key.
 * With a parent it is a promise: an output would depend on the parent and, for the SDK, on all of its children, and two
 * keys of one parent would wait for each other.
 */
function nameSeed(name: string, parent: pulumi.Resource | undefined): pulumi.Input<string> {
  const seed = (urn: string): string => formatSeed({ logicalName: name, identity: identityOf(urn) });
  return parent
    ? new Promise(
        (resolve) => void pulumi.createUrn(name, DYNAMIC_TYPE, parent).apply((urn) => resolve(seed(urn))),
      )
    : seed(`urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${DYNAMIC_TYPE}::${name}`);
}

/** The result of {@link ApiKey.get}: a key without its access key. */
export type ExistingApiKey = Omit<ApiKey, "accessKey"> &
  pulumi.CustomResource & { readonly accessKey: pulumi.Output<undefined> };

/**
 * An API key of the aiXplain platform, with its limits, budget and expiry.
 *
 * @example
 * ```ts
 * const key = new ApiKey("ci-bot", {
 *   budget: 1000,
 *   expiresAt: "2027-01-31",
 *   globalLimits: { tokensPerDay: 100_000, requestsPerMinute: 60 },
 *   assetLimits: [{ model: "6661df926d36df3b878e0697", requestsPerDay: 500 }],
 * });
 * export const accessKey = key.accessKey; // a secret
 * export const usage = key.usage; // read live whenever the program runs
 * ```
 */
export class ApiKey extends pulumi.CustomResource {
  /**
   * Reads an existing key without managing it. `accessKey` is undefined: the platform returns an access key once, when
   * it creates the key. Admin keys are refused.
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ExistingApiKey {
    return new ApiKey(name, {}, { ...opts, id }) as unknown as ExistingApiKey;
  }

  /**
   * Every resource's constructor assigns all transformations here. Ours must run last, with the final name and options.
   * @internal
   */
  set __transformations(given: pulumi.ResourceTransformation[]) {
    const value = [...given.filter((each) => each !== engineOptions), engineOptions];
    Object.defineProperty(this, "__transformations", { value, writable: true, configurable: true });
  }

  /** Whether a value is an `ApiKey`, including one of another copy of this package. */
  static override isInstance(value: unknown): value is ApiKey {
    return (
      typeof value === "object" &&
      value !== null &&
      "__pulumiType" in value &&
      value.__pulumiType === DYNAMIC_TYPE
    );
  }

  /** The name of the key, unique in the account. */
  declare readonly name: pulumi.Output<string>;
  /** The total number of credits that the key may spend; undefined for no budget. */
  declare readonly budget: pulumi.Output<number | undefined>;
  /** The date on which the key expires, at midnight UTC; undefined for never. */
  declare readonly expiresAt: pulumi.Output<string | undefined>;
  /** The limits of the key as a whole that are in force, including those raised by a boost. */
  declare readonly globalLimits: pulumi.Output<Limits | undefined>;
  /** The limits of single models, with the id of each model. */
  declare readonly assetLimits: pulumi.Output<LiveAssetLimits[] | undefined>;
  /** Whether the key is suspended; undefined if it is not. */
  declare readonly suspended: pulumi.Output<boolean | undefined>;
  /** What happens to the key when its resource is removed; undefined for "delete". */
  declare readonly deletionPolicy: pulumi.Output<DeletionPolicy | undefined>;
  /** The text whose change replaces the key; undefined if none is set. */
  declare readonly rotationTrigger: pulumi.Output<string | undefined>;
  /**
   * The access key, a secret. The platform shows it once, when it creates the key. For an adopted key it is the value
   * in `adopt`, or undefined.
   */
  declare readonly accessKey: pulumi.Output<string>;
  /** The access key with all but its first and last four characters hidden. */
  declare readonly accessKeyHint: pulumi.Output<string>;

  /**
   * @param name the logical name of the resource, unique in the stack
   * @param args the properties; without any, a key without limits, budget or expiry
   */
  constructor(name: string, args: ApiKeyArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    requireRuntime();
    demandSecretSettings();
    const reading = opts.id !== undefined;
    const given = serialisable(name, args);
    const declared = reading
      ? {}
      : {
          ...given,
          expiresAt: expiryInput(given.expiresAt),
          ...(given.adopt === undefined ? {} : { adopt: adoptInput(given.adopt) }),
          // Even with a name: an output may turn out to be undefined.
          [AUTO_NAME]: nameSeed(name, opts.parent),
        };
    // Undefined properties become outputs.
    const outputs = {
      name: undefined,
      budget: undefined,
      expiresAt: undefined,
      globalLimits: undefined,
      assetLimits: undefined,
      suspended: undefined,
      deletionPolicy: undefined,
      rotationTrigger: undefined,
      accessKey: undefined,
      accessKeyHint: undefined,
    };
    super(
      DYNAMIC_TYPE,
      name,
      { ...outputs, ...declared, __provider: DYNAMIC_STUB },
      pulumi.mergeOptions({ additionalSecretOutputs: ["accessKey"] }, opts),
    );
    if (!reading) watchExports(this.accessKey);
  }

  /**
   * The usage in the current UTC day, per model under its declared spelling (path or id). It is read when the program
   * runs, once per run, and is never stored in the state. Unknown in the preview of a new key; secret if the limits
   * are. If the reading fails, the program gets a warning and `unavailable` contains the reason.
   */
  get usage(): pulumi.Output<ApiKeyUsage> {
    return pulumi
      .all([this.id, this.globalLimits, this.assetLimits])
      .apply(([id, , declared]) => keyUsage({ id }, declared));
  }

  /** The usage of one model, by its id or its path; see {@link usage}. */
  usageOf(model: pulumi.Input<string>): pulumi.Output<ModelUsage> {
    return pulumi
      .all([this.id, model, this.assetLimits])
      .apply(([id, known, declared]) => keyModelUsage({ id, model: known }, declared));
  }
}
