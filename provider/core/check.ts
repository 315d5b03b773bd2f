import * as z from "zod";
import { adoptionProblems } from "./adoption";
import { boostProblems } from "./boost";
import type { Problem } from "./errors";
import { isPast, readExpiry } from "./expiry";
import { groupProblems, setProblems } from "./limit-problems";
import { byModel, canonicalLimits } from "./limits";
import { type ApiKeyInputs, AUTO_NAME, type EngineOptions, OPTIONS, type PreviewInputs } from "./model";
import { present } from "./present";
import { PROPERTIES } from "./properties";
import { type AnyProperty, type ModelSet, mapProperties, type Table } from "./property";
import { propertyPath } from "./property-path";
import { isPlainObject, show } from "./quote";
import { declarationSchema } from "./schema";
import { isUnknown } from "./unknown";
import { unknownProperty } from "./unknown-property";
import type { Warning } from "./warning";
import { warningsOf } from "./warnings";

export interface CheckContext {
  readonly now: number;
  readonly previous?: { readonly expiresAt?: unknown } | undefined;
}

export type CheckedDeclaration = Omit<PreviewInputs, "name"> & {
  readonly name?: PreviewInputs["name"] | undefined;
};

export type CheckOutcome =
  | {
      readonly ok: true;
      readonly inputs: CheckedDeclaration;
      /** Valid values that are probably a mistake, in the order of their paths. */
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

/** Why a date is not allowed: on the platform it marks a flag that is on. */
function markReason(name: string, date: string | undefined, properties: Table): string | undefined {
  for (const [flag, property] of Object.entries(properties)) {
    if (property.kind !== "flag" || property.marks.property !== name || property.marks.value !== date)
      continue;
    return `is ${show(date)}, which marks keys that are ${flag}: write ${flag}: true to stop the key, or choose another date`;
  }
  return undefined;
}

/** Checks that the schema cannot express. They read the raw values, so they also run when the schema fails. */
function furtherProblems(written: Fields, context: CheckContext, properties: Table): Problem[] {
  return Object.entries(properties).flatMap(([name, property]): Problem[] => {
    switch (property.kind) {
      case "date": {
        const before = (context.previous as Fields | undefined)?.[name];
        const { date, reason = markReason(name, date, properties) } = checkDate(
          written[name],
          before,
          context.now,
        );
        return reason === undefined ? [] : [{ property: name, reason }];
      }
      case "boost":
        return boostProblems(name, written, property, context.now);
      case "adoption":
        return adoptionProblems(name, written, context.previous === undefined);
      case "group":
        return groupProblems(name, written[name], property);
      case "set":
        return setProblems(name, written[name], property);
      default:
        return [];
    }
  });
}

function canonicalSet(entries: readonly unknown[], set: ModelSet): unknown {
  const keyed = entries.flatMap((entry): { readonly model: string; readonly form: unknown }[] => {
    if (entry === undefined) return [];
    if (isUnknown(entry)) return [{ model: "", form: entry }];
    const { model, ...limits } = entry as { readonly model: string };
    return [{ model, form: { model, ...canonicalLimits(limits, set.properties) } }];
  });
  return keyed.length === 0 ? undefined : keyed.sort(byModel).map(({ form }) => form);
}

const canonicalForm = (declared: Fields, properties: Readonly<Record<string, AnyProperty>>): Fields =>
  mapProperties(properties, (property, name): unknown => {
    const value = declared[name];
    if (value === undefined || isUnknown(value)) return value;
    switch (property.kind) {
      case "date":
        return checkDate(value, value, Number.NEGATIVE_INFINITY).date;
      case "flag":
        return value === true ? value : undefined;
      case "policy":
        return value === property.default ? undefined : value;
      case "group":
        return canonicalLimits(value as Fields, property.properties);
      case "set":
        return canonicalSet(value as readonly unknown[], property);
      case "boost":
      case "adoption":
        return present(canonicalForm(value as Fields, property.properties));
      default:
        return value;
    }
  });

function namedOptions(options: unknown): EngineOptions | undefined {
  const given = Object.entries((options ?? {}) as Record<string, readonly string[] | null | undefined>);
  const named = given.filter(([, paths]) => paths && paths.length > 0);
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

/**
 * Checks a declaration with its placeholders, reports all problems at once, and returns the canonical form. Does not
 * ask the account: name conflicts and unknown models are checked by the lifecycle.
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
    [OPTIONS]: namedOptions(declared[OPTIONS]),
  });
  return { ok: true, inputs, warnings: warningsOf(declared, properties) };
}

export function isFullyKnown(inputs: unknown): inputs is ApiKeyInputs {
  if (isUnknown(inputs)) return false;
  return typeof inputs !== "object" || inputs === null || Object.values(inputs).every(isFullyKnown);
}
