import * as pulumi from "@pulumi/pulumi";

interface ServiceArgs {
  readonly accessKey: pulumi.Input<string>;
}

/** Stands for your own consumer, such as a Kubernetes secret: anything that Pulumi updates when the key changes. */
export class Service extends pulumi.dynamic.Resource {
  constructor(name: string, args: ServiceArgs) {
    super(
      {
        create: async (inputs) => ({ id: "service", outs: inputs }),
        update: async (_id, _olds, news) => ({ outs: news }),
      },
      name,
      args,
      { additionalSecretOutputs: ["accessKey"] },
    );
  }
}
