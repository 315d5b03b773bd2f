import { type AssetLimits, LIMIT_NAMES, type Limits, TOKEN_LIMIT_NAMES } from "./model";

/**
 * The one canonical form of limits that mean the same: no absent values, no `tokenType` where it is the default or
 * where there is no token limit for it to speak of. `undefined` where no limit is left.
 */
export function canonicalLimits(
  limits: { readonly [P in keyof Limits]: Limits[P] | null },
): Limits | undefined {
  const set: { -readonly [P in keyof Limits]: Limits[P] } = {};
  for (const name of LIMIT_NAMES) {
    const value = limits[name];
    if (value !== undefined && value !== null) set[name] = value;
  }
  if (LIMIT_NAMES.every((name) => set[name] === undefined)) return undefined;
  const { tokenType } = limits;
  const countsTokens = TOKEN_LIMIT_NAMES.some((name) => set[name] !== undefined);
  if (tokenType && tokenType !== "total" && countsTokens) set.tokenType = tokenType;
  return set;
}

/** The order in which limits of models are kept: a set has none of its own. */
export const byModel = (a: AssetLimits, b: AssetLimits): number =>
  a.model < b.model ? -1 : a.model > b.model ? 1 : 0;
