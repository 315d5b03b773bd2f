const pulumi = require("@pulumi/pulumi");
const { count, declaration, logicalName } = require("./declaration");

/** As long as the stub of the real provider. */
const STUB = 'exports.handler=()=>require("inert-provider/runtime0").provider';

const outputs = { name: undefined, accessKey: undefined, accessKeyHint: undefined };

/** A resource with the properties of an ApiKey and the inert provider. */
class InertKey extends pulumi.CustomResource {
  constructor(name, args) {
    super(
      "pulumi-nodejs:dynamic/aixplain:ApiKey",
      name,
      { ...outputs, ...args, __autoname: `0123456789ab/${name}`, __provider: STUB },
      { additionalSecretOutputs: ["accessKey"] },
    );
  }
}

for (let index = 0; index < count; index += 1) new InertKey(logicalName(index), declaration(index));
