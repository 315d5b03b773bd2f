import * as pulumi from "@pulumi/pulumi";
import type { WarningId, WarningLevel } from "../core/warning";
import { PACKAGE } from "../plugin/tokens";

/** The settings of a provider instance. Except for the key, they default to the stack's configuration. */
export interface ProviderArgs {
  /** The admin key of the account. The state contains it, encrypted. Use {@link apiKeyEnv} to keep it out. */
  readonly apiKey?: pulumi.Input<string>;
  /** The environment variable with the admin key, wherever pulumi runs. The state contains only the name. */
  readonly apiKeyEnv?: pulumi.Input<string>;
  /** The base address of the API. Default: stack setting `aixplain:backendUrl`, `BACKEND_URL`, the public platform. */
  readonly backendUrl?: pulumi.Input<string>;
  /** The account that the keys belong to; see the stack setting `aixplain:accountId`. */
  readonly accountId?: pulumi.Input<string>;
  /** Whether a preview compares with the live keys. Default: `true`. */
  readonly driftCheck?: pulumi.Input<boolean>;
  /** The time-out of one call, in seconds. Default: 60. */
  readonly timeoutSeconds?: pulumi.Input<number>;
  /** Whether plain http is allowed to other machines. Default: `false`. */
  readonly allowInsecureUrls?: pulumi.Input<boolean>;
  /** The level of each warning by its id: `"off"`, `"warn"` or `"error"`. Default: `"warn"`. */
  readonly warnings?: pulumi.Input<{ readonly [id in WarningId]?: pulumi.Input<WarningLevel> }>;
  /** The percentage of a daily limit from which its usage is reported. Default: 80. */
  readonly warnUsePercent?: pulumi.Input<number>;
  /** Whether the usage and the models of unchanged keys are checked as well. Default: `false`. */
  readonly warnUnchangedKeys?: pulumi.Input<boolean>;
}

/**
 * An aiXplain account, for resources of accounts other than that of the stack's configuration.
 *
 * @example
 * ```ts
 * const research = new Provider("research", { apiKeyEnv: "RESEARCH_ADMIN_KEY" });
 * new ApiKey("ci-bot", { budget: 100 }, { provider: research });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    // The engine recognises its default provider by the name, and would configure it with the stack's account.
    if (name.startsWith("default")) {
      throw new pulumi.RunError(
        `the provider cannot be called ${JSON.stringify(name)}: Pulumi reserves names that begin with "default"`,
      );
    }
    const { apiKey, ...rest } = args;
    super(
      PACKAGE,
      name,
      { ...rest, ...(apiKey === undefined ? {} : { apiKey: pulumi.secret(apiKey) }) },
      opts,
    );
  }
}
