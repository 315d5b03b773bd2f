import * as pulumi from "@pulumi/pulumi";
import type { WarningId, WarningLevel } from "../core/warning";
import { PACKAGE } from "../plugin/tokens";

/** The settings of a provider instance. What is left out, other than the key, is as in the stack's configuration. */
export interface ProviderArgs {
  /** The admin key of the account. It is kept in the state, encrypted; {@link apiKeyEnv} keeps it out. */
  readonly apiKey?: pulumi.Input<string>;
  /** The name of an environment variable that holds the admin key, wherever pulumi runs. The state holds the name only. */
  readonly apiKeyEnv?: pulumi.Input<string>;
  /** The base address of the API. Default: stack setting `aixplain:backendUrl`, `BACKEND_URL`, the public platform. */
  readonly backendUrl?: pulumi.Input<string>;
  /** The account that the keys belong to, as an error names it; see the stack setting `aixplain:accountId`. */
  readonly accountId?: pulumi.Input<string>;
  /** Whether a preview compares with the live keys. Default: `true`. */
  readonly driftCheck?: pulumi.Input<boolean>;
  /** How long one call to the platform may take, in seconds. Default: 60. */
  readonly timeoutSeconds?: pulumi.Input<number>;
  /** Whether plain http is allowed to other machines than this one. Default: `false`. */
  readonly allowInsecureUrls?: pulumi.Input<boolean>;
  /** By the id of a warning, `"off"`, `"warn"` or `"error"`. Default: `"warn"` for each. */
  readonly warnings?: pulumi.Input<{ readonly [id in WarningId]?: pulumi.Input<WarningLevel> }>;
  /** From how much of a limit of the day on its use is told, in percent. Default: 80. */
  readonly warnUsePercent?: pulumi.Input<number>;
  /** Whether the usage and the models of keys that do not change are looked at, too. Default: `false`. */
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
    // The engine goes by the name as well, and would configure it with the stack's own account.
    if (name.startsWith("default")) {
      throw new pulumi.RunError(
        `the provider cannot be called ${JSON.stringify(name)}: Pulumi takes a name that begins with "default" for its own provider`,
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
