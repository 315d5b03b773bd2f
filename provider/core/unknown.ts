/**
 * The engine's placeholder for a value that a preview does not know yet. It can replace any value, at any depth, in
 * `check` and `diff`. Source: `UnknownStringValue` in pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go`.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type OrUnknown<T> = T | typeof UNKNOWN;

export const isUnknown = (value: unknown): value is typeof UNKNOWN => value === UNKNOWN;
