/**
 * The placeholder that the Pulumi engine sends for a value that is not known yet (an output of a resource that a
 * preview has not created). It can stand in for any value, at any depth, in `check` and `diff`.
 *
 * Source: `UnknownStringValue` in pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go`.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value of type `T`, or the engine's placeholder for one that a preview cannot know yet. */
export type OrUnknown<T> = T | typeof UNKNOWN;

export const isUnknown = (value: unknown): value is typeof UNKNOWN => value === UNKNOWN;
