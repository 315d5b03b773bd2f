export const RUNTIME_MODULE = "pulumi-aixplain/runtime";

/**
 * The provider that Pulumi stores with every key. The dynamic host evaluates it in the folder of the program. It only
 * names the runtime, so it is the same for every key and release and contains no setting. See
 * docs/decisions/dynamic-provider.md.
 */
export const DYNAMIC_STUB = `exports.handler=()=>require("${RUNTIME_MODULE}").provider`;

export const DYNAMIC_TYPE = "pulumi-nodejs:dynamic/aixplain:ApiKey";

export const MEMORY_STUB = `exports.handler=()=>require("${RUNTIME_MODULE}").rotationMemory`;
export const MEMORY_TYPE = "pulumi-nodejs:dynamic/aixplain:RotationMemory";
