import type { AssetLimits, Limits } from "./model";
import { LIMIT_PROPERTIES } from "./properties";
import type { ValueProperty, ValueTable } from "./property";

type Fields = Readonly<Record<string, unknown>>;

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** The names of the limits; with `counts`, of those that count it ("tokens", "requests"). */
export const limitNames = (properties: ValueTable, counts?: string): string[] =>
  Object.keys(properties).filter((name) => isLimit(properties[name], counts));

const isLimit = (property: ValueProperty | undefined, counts: string | undefined): boolean =>
  property?.kind === "count" && (counts === undefined || property.counts === counts);

/** Whether any limit is set. A placeholder counts as set, `null` does not. */
export function hasLimit(limits: Fields, properties: ValueTable, counts?: string): boolean {
  for (const name in properties) {
    if (isSet(limits[name]) && isLimit(properties[name], counts)) return true;
  }
  return false;
}

/**
 * The effective value of a property: `undefined` when it is not set, is the default, or qualifies limits that are not
 * set.
 */
export function meaning(limits: Fields, name: string, properties: ValueTable): unknown {
  const value = limits[name] ?? undefined;
  const property = properties[name];
  if (value === undefined || property?.kind !== "choice") return value;
  return value !== property.default && hasLimit(limits, properties, property.qualifies) ? value : undefined;
}

export function canonicalLimits(
  limits: Fields,
  properties: ValueTable = LIMIT_PROPERTIES,
): Limits | undefined {
  const canonical: Record<string, unknown> = {};
  let any = false;
  for (const name in properties) {
    const value = meaning(limits, name, properties);
    if (value === undefined) continue;
    canonical[name] = value;
    any = true;
  }
  return any ? canonical : undefined;
}

export const byModel = (a: Pick<AssetLimits, "model">, b: Pick<AssetLimits, "model">): number =>
  a.model < b.model ? -1 : a.model > b.model ? 1 : 0;
