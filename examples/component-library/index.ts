import * as pulumi from "@pulumi/pulumi";
import { ApiKey } from "pulumi-aixplain";

export interface ServiceKeyArgs {
  /** Credits. */
  readonly budget: pulumi.Input<number>;
  /** How many requests the service sends at its busiest; a tenth is added. */
  readonly peakRequestsPerMinute: number;
}

/** A key as every service of ours gets it: a budget, and a limit with some air. */
export class ServiceKey extends pulumi.ComponentResource {
  readonly accessKey: pulumi.Output<string>;
  readonly accessKeyHint: pulumi.Output<string>;

  constructor(name: string, args: ServiceKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:index:ServiceKey", name, {}, opts);
    const key = new ApiKey(
      name,
      {
        budget: args.budget,
        globalLimits: { requestsPerMinute: Math.ceil(args.peakRequestsPerMinute * 1.1) },
      },
      { parent: this },
    );
    this.accessKey = key.accessKey;
    this.accessKeyHint = key.accessKeyHint;
    // The access key is in the state of the key already, and need not be there twice.
    this.registerOutputs({ accessKeyHint: this.accessKeyHint });
  }
}
