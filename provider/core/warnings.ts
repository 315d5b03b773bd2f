import { hasLimit, limitNames } from "./limits";
import { type CountProperty, type Table, type ValueTable, WINDOWS } from "./property";
import { show } from "./quote";
import { isUnknown } from "./unknown";
import type { Warning } from "./warning";

type Fields = Readonly<Record<string, unknown>>;

interface Scope {
  readonly path: string;
  readonly limits: Fields;
  readonly properties: ValueTable;
  /** For a model: its name if known, and the limits of the whole key. */
  readonly model?: { readonly name: string | undefined; readonly whole: Scope | undefined };
}

/** Every scope whose limits are known. List indexes are those of the program. */
function scopesOf(declared: Fields, properties: Table): Scope[] {
  const scopes: Scope[] = [];
  for (const [path, property] of Object.entries(properties)) {
    const value = declared[path];
    if (value === undefined || isUnknown(value)) continue;
    if (property.kind === "group") {
      scopes.push({ path, limits: value as Fields, properties: property.properties });
    } else if (property.kind === "set") {
      const whole = scopes.find((scope) => scope.path === property.within);
      for (const [index, entry] of (value as readonly (Fields | undefined)[]).entries()) {
        if (entry === undefined || isUnknown(entry)) continue;
        const name = isUnknown(entry.model) ? undefined : String(entry.model);
        scopes.push({
          path: `${path}[${index}]`,
          limits: entry,
          properties: property.properties,
          model: { name, whole },
        });
      }
    }
  }
  return scopes;
}

/** Whether a limit is above another. Nothing is above 0, whose meaning is not documented. */
const isAbove = (value: unknown, bound: unknown): boolean =>
  typeof value === "number" && typeof bound === "number" && bound > 0 && value > bound;

function aboveLongerWindow(scope: Scope): Warning[] {
  const counts = Object.entries(scope.properties).filter(
    (entry): entry is [string, CountProperty] => entry[1].kind === "count",
  );
  return counts.flatMap(([name, short]) => {
    const value = scope.limits[name];
    return counts.flatMap(([longer, long]): Warning[] => {
      const bound = scope.limits[longer];
      const isLonger = short.counts === long.counts && WINDOWS.indexOf(short.per) < WINDOWS.indexOf(long.per);
      if (!isLonger || !isAbove(value, bound)) return [];
      const reason = `is ${value}, above ${longer} (${bound}): lower it, raise ${longer}, or leave it out. It has no effect, because the limit of the ${long.per} is reached first`;
      return [{ id: "limit-never-reached", property: `${scope.path}.${name}`, reason }];
    });
  });
}

function countsNoMore(scope: Scope, whole: Scope, counts: string): boolean {
  return Object.entries(scope.properties).every(([name, property]) => {
    if (property.kind !== "choice" || property.qualifies !== counts) return true;
    const [own, ofKey] = [scope, whole].map(({ limits }) => limits[name] ?? property.default);
    if (isUnknown(own) || isUnknown(ofKey)) return false;
    return own === ofKey || ofKey === property.default;
  });
}

function aboveKey(scope: Scope): Warning[] {
  const { model } = scope;
  const whole = model?.whole;
  if (whole === undefined) return [];
  return Object.entries(scope.properties).flatMap(([name, property]): Warning[] => {
    const [value, bound] = [scope.limits[name], whole.limits[name]];
    if (property.kind !== "count" || !isAbove(value, bound)) return [];
    if (!countsNoMore(scope, whole, property.counts)) return [];
    const whose = model?.name === undefined ? "" : ` for ${show(model.name)}`;
    const reason = `is ${value}${whose}, above ${whole.path}.${name} (${bound}): lower it, raise ${whole.path}.${name}, or remove it. It has no effect, because the limit of the key is reached first`;
    return [{ id: "limit-never-reached", property: `${scope.path}.${name}`, reason }];
  });
}

function withoutSubject(scope: Scope): Warning[] {
  return Object.entries(scope.properties).flatMap(([name, property]): Warning[] => {
    const value = scope.limits[name];
    if (property.kind !== "choice" || value === undefined || isUnknown(value)) return [];
    if (hasLimit(scope.limits, scope.properties, property.qualifies)) return [];
    const ways = limitNames(scope.properties, property.qualifies).join(" or ");
    const reason = `is ${show(value)}, but has no effect without a limit of ${property.qualifies}: set ${ways}, or remove it`;
    return [{ id: "token-type-without-effect", property: `${scope.path}.${name}`, reason }];
  });
}

const MAX_LISTED = 5;

/** All zeros in one warning: the platform does not document what 0 means. */
function zeros(declared: Fields, properties: Table, scopes: readonly Scope[]): Warning[] {
  const isNumber = (kind: string): boolean => kind === "count" || kind === "amount";
  const top = Object.keys(properties).filter(
    (name) => isNumber(properties[name]?.kind ?? "") && declared[name] === 0,
  );
  const below = scopes.flatMap(({ path, limits, properties: table }) =>
    Object.keys(table).flatMap((name) => (limits[name] === 0 ? [`${path}.${name}`] : [])),
  );
  const [property, ...others] = [...top, ...below].sort(byPath);
  if (property === undefined) return [];
  const more = others.length > MAX_LISTED ? [`${others.length - MAX_LISTED} more`] : [];
  const listed = [...others.slice(0, MAX_LISTED), ...more].join(", ");
  const also = others.length === 0 ? "" : ` (as ${others.length > 1 ? "are" : "is"} ${listed})`;
  const reason = `is 0${also}. For no limit, leave the property out. To stop the key for certain, suspend it or remove the resource. 0 is assumed to allow nothing, but the platform does not document it`;
  return [{ id: "zero", property, reason }];
}

/** Sorts paths as text, and their indexes as numbers. */
function byPath(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => path.replace(/\d+/g, (digits) => digits.padStart(10, "0")));
  return one === other ? 0 : (one ?? "") < (other ?? "") ? -1 : 1;
}

/**
 * Warnings about a valid declaration, in the order of the paths. `declared` holds the lists as the program wrote them,
 * so that the indexes match.
 */
export function warningsOf(declared: Fields, properties: Table): readonly Warning[] {
  const scopes = scopesOf(declared, properties);
  const each = [aboveLongerWindow, aboveKey, withoutSubject];
  const problems = scopes.flatMap((scope) => each.flatMap((check) => check(scope)));
  return [...problems, ...zeros(declared, properties, scopes)].sort(
    (a, b) => byPath(a.property, b.property) || (a.reason < b.reason ? -1 : 1),
  );
}
