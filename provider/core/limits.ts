import type { AssetLimits, Limits } from "./model";
import { LIMIT_PROPERTIES } from "./properties";
import type { ValueProperty, ValueTable } from "./property";

type Fields = Readonly<Record<string, unknown>>;

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** The names of the limits among these properties; with `counts`, of those that count it. */
export const limitNames = (properties: ValueTable, counts?: string): string[] =>
  Object.keys(properties).filter((name) => isLimit(properties[name], counts));

const isLimit = (property: ValueProperty | undefined, counts: string | undefined): boolean =>
  property?.kind === "count" && (counts === undefined || property.counts === counts);

/** Whether any limit is set, as it was written. A placeholder counts as set, `null` does not. */
export function hasLimit(limits: Fields, properties: ValueTable, counts?: string): boolean {
  for (const name in properties) {
    if (isSet(limits[name]) && isLimit(properties[name], counts)) return true;
  }
  return false;
}

/**
 * What a property says among the limits that it stands with: `undefined` where it is not set, is the default, or
 * speaks of limits that are not there.
 */
export function meaning(limits: Fields, name: string, properties: ValueTable): unknown {
  const value = limits[name] ?? undefined;
  const property = properties[name];
  if (value === undefined || property?.kind !== "choice") return value;
  return value !== property.default && hasLimit(limits, properties, property.qualifies) ? value : undefined;
}

/** The one canonical form of limits that mean the same; `undefined` where they say nothing. */
export function canonicalLimits(
  limits: Fields,
  properties: ValueTable = LIMIT_PROPERTIES,
): Limits | undefined {
  const said: Record<string, unknown> = {};
  let any = false;
  for (const name in properties) {
    const value = meaning(limits, name, properties);
    if (value === undefined) continue;
    said[name] = value;
    any = true;
  }
  return any ? said : undefined;
}

/** The order in which limits of models are kept: a set has none of its own. */
export const byModel = (a: Pick<AssetLimits, "model">, b: Pick<AssetLimits, "model">): number =>
  a.model < b.model ? -1 : a.model > b.model ? 1 : 0;
