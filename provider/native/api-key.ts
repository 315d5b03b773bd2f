import * as pulumi from "@pulumi/pulumi";
import type { DeletionPolicy, Limits, LiveAssetLimits } from "../core/model";
import { API_KEY_TYPE, DYNAMIC_TYPE } from "../plugin/tokens";
import type { ApiKeyArgs } from "../program/api-key";
import { adoptInput, expiryInput } from "../program/api-key";
import { ResourceOptionError } from "../program/engine-options";
import { watchExports } from "../program/plain-exports";

/**
 * An API key of the aiXplain platform, with its limits, budget and expiry, managed by the native plugin. A key of the
 * dynamic provider (`pulumi-aixplain`) moves here without a call to the platform, and cannot move back.
 *
 * @example
 * ```ts
 * const key = new ApiKey("ci-bot", {
 *   budget: 1000,
 *   expiresAt: "2027-01-31",
 *   globalLimits: { tokensPerDay: 100_000, requestsPerMinute: 60 },
 * });
 * export const accessKey = key.accessKey; // a secret
 * ```
 */
export class ApiKey extends pulumi.CustomResource {
  /** Reads an existing key by its id or its exact name, without managing it. Admin keys are refused. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ApiKey {
    return new ApiKey(name, {}, { ...opts, id });
  }

  /** Whether a value is an `ApiKey` of the plugin, including one of another copy of this package. */
  static override isInstance(value: unknown): value is ApiKey {
    return (
      typeof value === "object" &&
      value !== null &&
      "__pulumiType" in value &&
      value.__pulumiType === API_KEY_TYPE
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
  /** The access key, a secret; undefined if the key was imported or adopted without it. */
  declare readonly accessKey: pulumi.Output<string | undefined>;
  /** The access key with all but its first and last four characters hidden. */
  declare readonly accessKeyHint: pulumi.Output<string>;

  /**
   * @param name the logical name of the resource, unique in the stack
   * @param args the properties; without any, a key without limits, budget or expiry
   */
  constructor(name: string, args: ApiKeyArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    if (opts.customTimeouts !== undefined) {
      throw new ResourceOptionError(name, [
        "customTimeouts are ignored: set the time-out of a call with pulumi config set aixplain:timeoutSeconds <seconds>",
      ]);
    }
    const declared =
      opts.id === undefined
        ? { ...args, expiresAt: expiryInput(args.expiresAt), adopt: adoptInput(args.adopt) }
        : {};
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
      API_KEY_TYPE,
      name,
      { ...outputs, ...declared },
      pulumi.mergeOptions(
        {
          aliases: [{ type: DYNAMIC_TYPE }],
          // Two keys cannot share a name. `pulumi up --replace` does not ask the provider's diff.
          ...(args.name === undefined ? {} : { deleteBeforeReplace: true }),
        },
        opts,
      ),
    );
    watchExports(this.accessKey);
  }
}
