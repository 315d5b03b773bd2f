import type * as pulumi from "@pulumi/pulumi";
import { ApiKey } from "./api-key";
import type { ApiKeySetArgs } from "./key-set";
import { KeySet } from "./key-set";

/**
 * API keys for members and environments, with shared defaults and one budget.
 *
 * @example
 * ```ts
 * const team = new ApiKeySet("team", {
 *   budget: 1000,
 *   reserve: 10,
 *   defaults: { globalLimits: { requestsPerMinute: 60 } },
 *   environments: { dev: { share: 20 }, prod: { share: 80 } },
 *   members: { ada: { share: 60 }, grace: { share: 30, expiresAt: "2031-01-31" } },
 * });
 * export const accessKeys = team.accessKeys; // a secret: { "ada/dev": ..., "ada/prod": ..., ... }
 * ```
 */
export class ApiKeySet extends KeySet<ApiKey> {
  /** @param name the logical name of the set; its keys are called `<name>/<member>/<environment>` */
  constructor(name: string, args: ApiKeySetArgs, opts?: pulumi.ComponentResourceOptions) {
    super(name, args, opts, (...given) => new ApiKey(...given));
  }
}
