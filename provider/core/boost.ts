import type { Problem } from "./errors";
import { isPast, readExpiry } from "./expiry";
import { allKnown, groupProblems, setProblems } from "./limit-problems";
import { hasLimit } from "./limits";
import type { Boost } from "./property";
import { isPlainObject, show } from "./quote";
import { isUnknown, UNKNOWN } from "./unknown";

type Fields = Readonly<Record<string, unknown>>;

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const known = (value: unknown): value is number => typeof value === "number";

function raisesNone(path: string, boosted: Fields, basePath: string, base: unknown): Problem[] {
  if (isUnknown(base)) return [];
  const limits = isPlainObject(base) ? base : {};
  return Object.entries(boosted).flatMap(([name, value]): Problem[] => {
    const own = limits[name];
    if (!known(value) || isUnknown(own)) return [];
    const problem = (reason: string): Problem[] => [{ property: `${path}.${name}`, reason }];
    if (isAbsent(own)) {
      return problem(
        `is ${value}, but ${basePath}.${name} sets no limit to raise: set that limit, or remove this one`,
      );
    }
    if (!known(own) || value >= own) return [];
    return problem(
      `is ${value}, below ${basePath}.${name} (${own}): set a higher limit, or lower ${basePath}.${name} itself. A boost only raises limits`,
    );
  });
}

function entryOf(list: unknown, model: unknown): { readonly at: number; readonly entry: unknown } {
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  const at = entries.findIndex((each) => isPlainObject(each) && each.model === model);
  return { at, entry: entries[at] };
}

function modelsThatRaiseNone(path: string, boosted: readonly unknown[], base: unknown): Problem[] {
  const open =
    isUnknown(base) || (Array.isArray(base) && base.some((each) => isUnknown(each?.model ?? each)));
  return boosted.flatMap((each, index): Problem[] => {
    if (!isPlainObject(each) || typeof each.model !== "string" || isUnknown(each.model)) return [];
    const { model, ...limits } = each;
    const { at, entry } = entryOf(base, model);
    if (at >= 0) return raisesNone(`${path}[${index}]`, limits, `assetLimits[${at}]`, entry);
    if (open) return [];
    const reason = `is ${show(model)}, which assetLimits does not contain: use the spelling in assetLimits, or remove the entry`;
    return [{ property: `${path}[${index}].model`, reason }];
  });
}

/** The problems of a boost. A boost that has ended has no effect, so its limits are not checked. */
export function boostProblems(path: string, written: Fields, { properties }: Boost, now: number): Problem[] {
  const boost = written[path];
  if (!isPlainObject(boost)) return [];
  const problems: Problem[] = [];
  const { until } = boost;
  const { example } = properties.until as { readonly example: string };
  if (isAbsent(until)) {
    const reason = `is missing: set the day on which the ordinary limits return, such as ${show(example)}`;
    problems.push({ property: `${path}.until`, reason });
  }
  if (typeof until === "string" && !isUnknown(until)) {
    const reading = readExpiry(until);
    if (!reading.ok)
      problems.push({ property: `${path}.until`, reason: `${reading.problem}; got ${show(until)}` });
    else if (isPast(reading.date, now)) return problems;
  }
  const scopes = Object.entries(properties).filter(([, { kind }]) => kind === "group" || kind === "set");
  if (scopes.every(([name]) => isAbsent(boost[name]))) {
    const ways = scopes.map(([name]) => name).join(" or ");
    problems.push({ property: path, reason: `raises no limit: set ${ways}, or remove it` });
  }
  for (const [name, property] of scopes) {
    const below = `${path}.${name}`;
    const value = boost[name];
    if (property.kind === "group") {
      problems.push(...groupProblems(below, value, property));
      if (!isPlainObject(value)) continue;
      if (allKnown(value, property) && !hasLimit(value, property.properties))
        problems.push({ property: below, reason: "raises no limit: set one, or remove it" });
      problems.push(...raisesNone(below, value, name, written[name]));
    } else if (property.kind === "set" && Array.isArray(value)) {
      problems.push(
        ...setProblems(below, value, property),
        ...modelsThatRaiseNone(below, value, written[name]),
      );
    }
  }
  return problems;
}

/** The end of a boost and whether it has passed; `undefined` without a boost, or if the end is not known yet. */
export function boostOf(
  { boost }: { readonly boost?: unknown },
  now: number,
): { readonly until: string; readonly isOver: boolean } | undefined {
  const { until } = (isPlainObject(boost) ? boost : {}) as { readonly until?: unknown };
  if (typeof until !== "string" || isUnknown(until)) return undefined;
  return { until, isOver: isPast(until, now) };
}

function raisedList(base: readonly unknown[], boosted: readonly unknown[]): unknown {
  if (boosted.some((each) => isUnknown((each as Fields)?.model ?? each))) return UNKNOWN;
  return base.map((entry) => {
    if (isUnknown(entry)) return entry;
    const { model } = entry as { readonly model: string };
    const { entry: higher } = entryOf(boosted, model);
    return higher === undefined ? entry : { ...(entry as Fields), ...(higher as Fields) };
  });
}

function raised(base: unknown, boosted: unknown): unknown {
  if (isAbsent(base) || isAbsent(boosted)) return base;
  if (isUnknown(base) || isUnknown(boosted)) return UNKNOWN;
  if (Array.isArray(base)) return raisedList(base, boosted as readonly unknown[]);
  return { ...(base as Fields), ...(boosted as Fields) };
}

/** The declaration in force at `now`: with the limits of a boost that has not ended, without the property `boost`. */
export function inForce<T extends { readonly boost?: unknown }>(declared: T, now: number): Omit<T, "boost"> {
  const { boost, ...base } = declared;
  if (boost === undefined || boostOf(declared, now)?.isOver === true) return base;
  const fields = base as Fields;
  const whole = isUnknown(boost);
  const { until, ...scopes } = (whole ? {} : boost) as Fields;
  const open = whole || isUnknown(until);
  const names = whole
    ? ["globalLimits", "assetLimits"]
    : Object.keys(scopes).filter((name) => scopes[name] !== undefined);
  const limits = names.map((name) => [name, raised(fields[name], open ? UNKNOWN : scopes[name])]);
  const given = limits.filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) } as Omit<T, "boost">;
}
