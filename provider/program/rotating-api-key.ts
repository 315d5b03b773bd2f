import type * as pulumi from "@pulumi/pulumi";
import { ApiKey } from "./api-key";
import type { RotatingApiKeyArgs } from "./rotation/args";
import { RotatingKey } from "./rotation/rotating-key";

/**
 * An API key that is rotated by a schedule of whole UTC days, without downtime: the new key is created, its consumers
 * are updated, and the old one goes `overlap` days later. See docs/rotation.md.
 *
 * @example
 * ```ts
 * const key = new RotatingApiKey("bot", {
 *   anchor: "2027-01-01",
 *   every: 30,
 *   overlap: 7,
 *   budgetPerGeneration: 1000,
 *   globalLimits: { requestsPerMinute: 60 },
 * });
 * export const accessKey = key.current; // a secret
 * ```
 */
export class RotatingApiKey extends RotatingKey {
  /**
   * @param name the logical name of the resource, unique in the stack
   * @param args when the key is rotated, and what each generation may do
   */
  constructor(name: string, args: RotatingApiKeyArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super(ApiKey, name, args, opts);
  }
}
