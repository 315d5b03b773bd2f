import * as z from "zod";
import type { Problem } from "./errors";
import { isPast, readExpiry } from "./expiry";
import { byModel, canonicalLimits, hasLimit, limitNames } from "./limits";
import { type ApiKeyInputs, AUTO_NAME, type EngineOptions, OPTIONS, type PreviewInputs } from "./model";
import { repeatedModels } from "./model-ids";
import { present } from "./present";
import { PROPERTIES } from "./properties";
import { type Group, type ModelSet, mapProperties, type Table } from "./property";
import { propertyPath } from "./property-path";
import { isPlainObject, show } from "./quote";
import { declarationSchema } from "./schema";
import { isUnknown } from "./unknown";
import { unknownProperty } from "./unknown-property";
import type { Warning } from "./warning";
import { warningsOf } from "./warnings";

/** What a check needs to know besides the declaration. */
export interface CheckContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The inputs of the last deployment; `undefined` for a new key. */
  readonly previous?: { readonly expiresAt?: unknown } | undefined;
}

/** A declaration whose values are sound, in canonical form; its name may still be missing. */
export type CheckedDeclaration = Omit<PreviewInputs, "name"> & {
  readonly name?: PreviewInputs["name"] | undefined;
};

export type CheckOutcome =
  | {
      readonly ok: true;
      readonly inputs: CheckedDeclaration;
      /** What can be done but hardly be meant, in the order of the paths. */
      readonly warnings: readonly Warning[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Fields = Readonly<Record<string, unknown>>;

const paths = z.array(z.string()).nullish();

const HIDDEN = {
  [AUTO_NAME]: z.union([z.string(), z.literal(true)]).optional(),
  [OPTIONS]: z.object({ ignoreChanges: paths, replaceOnChanges: paths, secrets: paths }).nullish(),
};

const schemaOf = (properties: Table) => declarationSchema(properties, HIDDEN);
const SCHEMA = schemaOf(PROPERTIES);

function schemaProblems(error: z.ZodError, properties: Table): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    const params = "params" in issue ? issue.params : undefined;
    const keys: unknown = issue.code === "unrecognized_keys" ? issue.keys : params?.keys;
    return Array.isArray(keys)
      ? keys.map((key) => unknownProperty(issue.path, String(key), properties))
      : [{ property: propertyPath(issue.path), reason: issue.message }];
  });
}

/** A date in canonical form, or what is wrong with it. Anything but text is refused by the schema. */
function checkDate(
  value: unknown,
  before: unknown,
  now: number,
): { readonly date?: string; readonly reason?: string } {
  if (typeof value !== "string") return {};
  if (isUnknown(value)) return { date: value };
  const reading = readExpiry(value);
  if (!reading.ok) return { reason: `${reading.problem}; got ${show(value)}` };
  if (!isPast(reading.date, now) || before === reading.date) return { date: reading.date };
  return {
    reason: `is in the past; got ${show(value)}: choose a later date, leave it out for a key that does not expire, or remove the resource to revoke the key`,
  };
}

/** Whether every property of limits is one that there is: a misspelt limit must not be told to be missing, too. */
const allKnown = (limits: Fields, group: Group | ModelSet): boolean =>
  Object.keys(limits).every((key) => Object.hasOwn(group.properties, key));

/** A choice of what to count means nothing alone. */
function groupProblems(path: string, written: unknown, group: Group): Problem[] {
  if (!isPlainObject(written) || !allKnown(written, group) || hasLimit(written, group.properties)) return [];
  const ways = limitNames(group.properties).join(", ");
  return Object.entries(group.properties).flatMap(([name, property]) =>
    property.kind !== "choice" || (written[name] ?? undefined) === undefined
      ? []
      : [
          {
            property: `${path}.${name}`,
            reason: `says how ${property.qualifies} are counted, but no limit is set: set one of ${ways}, or remove it`,
          },
        ],
  );
}

/** What is wrong with the entries of a list as such. */
function setProblems(path: string, written: unknown, set: ModelSet): Problem[] {
  if (!Array.isArray(written)) return [];
  const entries = written.map((entry: unknown) => (isPlainObject(entry) ? entry : undefined));
  const repeated = repeatedModels(entries.map((entry) => entry?.model));
  return entries.flatMap((entry, index): Problem[] => {
    if (entry === undefined) return [];
    const { model, ...limits } = entry;
    const problems: Problem[] = [];
    if (model === undefined || model === null) {
      problems.push({ property: `${path}[${index}].model`, reason: `is missing: ${set.key.model.hint}` });
    }
    if (allKnown(limits, set) && !hasLimit(limits, set.properties)) {
      const whose = typeof model === "string" && !isUnknown(model) ? ` for ${show(model)}` : "";
      const ways = limitNames(set.properties).join(", ");
      problems.push({
        property: `${path}[${index}]`,
        reason: `sets no limit${whose}: set one of ${ways}, or remove the entry`,
      });
    }
    return [...problems, ...repeated.filter(({ property }) => property === `${path}[${index}].model`)];
  });
}

/**
 * What the schema cannot tell of. Looks at what was written, also where something else did not parse: a first problem
 * must not hide a second.
 */
function furtherProblems(written: Fields, context: CheckContext, properties: Table): Problem[] {
  return Object.entries(properties).flatMap(([name, property]): Problem[] => {
    switch (property.kind) {
      case "date": {
        const before = (context.previous as Fields | undefined)?.[name];
        const { reason } = checkDate(written[name], before, context.now);
        return reason === undefined ? [] : [{ property: name, reason }];
      }
      case "group":
        return groupProblems(name, written[name], property);
      case "set":
        return setProblems(name, written[name], property);
      default:
        return [];
    }
  });
}

/** Entries in the order of their models, placeholders first. */
function canonicalSet(entries: readonly unknown[], set: ModelSet): unknown {
  const keyed = entries.flatMap((entry): { readonly model: string; readonly form: unknown }[] => {
    if (entry === undefined) return [];
    if (isUnknown(entry)) return [{ model: "", form: entry }];
    const { model, ...limits } = entry as { readonly model: string };
    return [{ model, form: { model, ...canonicalLimits(limits, set.properties) } }];
  });
  return keyed.length === 0 ? undefined : keyed.sort(byModel).map(({ form }) => form);
}

/** Sound values in the one form of all that mean the same. */
const canonicalForm = (declared: Fields, properties: Table): Fields =>
  mapProperties(properties, (property, name): unknown => {
    const value = declared[name];
    if (value === undefined || isUnknown(value)) return value;
    if (property.kind === "date") return checkDate(value, value, Number.NEGATIVE_INFINITY).date;
    if (property.kind === "group") return canonicalLimits(value as Fields, property.properties);
    return property.kind === "set" ? canonicalSet(value as readonly unknown[], property) : value;
  });

/** The options that name a property; `undefined` where none does, for most programs give none. */
function spokenOptions(options: unknown): EngineOptions | undefined {
  const given = Object.entries((options ?? {}) as Record<string, readonly string[] | null | undefined>);
  const spoken = given.filter(([, named]) => named && named.length > 0);
  return spoken.length === 0 ? undefined : Object.fromEntries(spoken);
}

/**
 * Checks a declaration as the engine hands it over, placeholders and all, and puts it into canonical form. Reports
 * every problem at once. Pure: whether a name is taken or a model exists is for the caller to ask.
 */
export function checkDeclaration(
  news: unknown,
  context: CheckContext,
  properties: Table = PROPERTIES,
): CheckOutcome {
  const parsed = (properties === PROPERTIES ? SCHEMA : schemaOf(properties)).safeParse(news);
  const problems = [
    ...(parsed.success ? [] : schemaProblems(parsed.error, properties)),
    ...furtherProblems(isPlainObject(news) ? news : {}, context, properties),
  ];
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const declared = parsed.data as Fields;
  const inputs = present<CheckedDeclaration>({
    ...canonicalForm(declared, properties),
    [AUTO_NAME]: declared[AUTO_NAME] as CheckedDeclaration[typeof AUTO_NAME],
    [OPTIONS]: spokenOptions(declared[OPTIONS]),
  });
  return { ok: true, inputs, warnings: warningsOf(declared, properties) };
}

/** The same check for values that must all be known: what `create` and `update` receive. */
export function isFullyKnown(inputs: unknown): inputs is ApiKeyInputs {
  if (isUnknown(inputs)) return false;
  return typeof inputs !== "object" || inputs === null || Object.values(inputs).every(isFullyKnown);
}
