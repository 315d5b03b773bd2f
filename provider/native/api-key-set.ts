import type * as pulumi from "@pulumi/pulumi";
import type { ApiKeySetArgs } from "../program/key-set";
import { KeySet } from "../program/key-set";
import { ApiKey } from "./api-key";

/** API keys for members and environments, with shared defaults and one budget, managed by the native plugin. */
export class ApiKeySet extends KeySet<ApiKey> {
  /** @param name the logical name of the set; its keys are called `<name>/<member>/<environment>` */
  constructor(name: string, args: ApiKeySetArgs, opts?: pulumi.ComponentResourceOptions) {
    super(name, args, opts, (...given) => new ApiKey(...given));
  }
}
