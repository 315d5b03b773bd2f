import { LIMIT_NAMES, type Limits, TOKEN_LIMIT_NAMES } from "./model";

/**
 * The one canonical form of limits that mean the same: no absent values, no `tokenType` where it is the default or
 * where there is no token limit for it to speak of. `undefined` where no limit is left.
 */
export function canonicalLimits(
  limits: { readonly [P in keyof Limits]: Limits[P] | null },
): Limits | undefined {
  const set = LIMIT_NAMES.filter((name) => limits[name] !== undefined && limits[name] !== null);
  if (set.length === 0) return undefined;
  const { tokenType } = limits;
  const speaks = tokenType && tokenType !== "total" && set.some((name) => TOKEN_LIMIT_NAMES.includes(name));
  return {
    ...Object.fromEntries(set.map((name) => [name, limits[name]])),
    ...(speaks ? { tokenType } : {}),
  };
}
