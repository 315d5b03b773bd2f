import type * as pulumi from "@pulumi/pulumi";
import type { RotatingApiKeyArgs } from "../program/rotation/args";
import { RotatingKey } from "../program/rotation/rotating-key";
import { ApiKey } from "./api-key";

/**
 * A key that is rotated by a schedule, as in `pulumi-aixplain`; the native plugin manages its generations.
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
