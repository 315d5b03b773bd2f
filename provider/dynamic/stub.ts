/** The module with the runtime, as the stub requires it. */
export const RUNTIME_MODULE = "pulumi-aixplain/runtime";

/**
 * The provider as Pulumi stores it with every key: source text that the dynamic provider host evaluates in the folder
 * of the program. It names the runtime and holds nothing of it, so it is the same for every key and every release, no
 * upgrade makes a diff, and no setting can slip into the state. See docs/decisions/dynamic-provider.md.
 */
export const DYNAMIC_STUB = `exports.handler=()=>require("${RUNTIME_MODULE}").provider`;

/** The type under which the engine knows the resource: Pulumi's dynamic provider, module `aixplain`. */
export const DYNAMIC_TYPE = "pulumi-nodejs:dynamic/aixplain:ApiKey";

/** The same for the memory of a rotation, which is no key. */
export const MEMORY_STUB = `exports.handler=()=>require("${RUNTIME_MODULE}").rotationMemory`;
export const MEMORY_TYPE = "pulumi-nodejs:dynamic/aixplain:RotationMemory";
