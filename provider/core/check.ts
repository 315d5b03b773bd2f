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

export interface CheckContext {
  readonly now: number;
  /** The inputs of the last deployment; `undefined` for a new key. */
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

/** With a misspelt limit, do not report a missing limit as well. */
const allKnown = (limits: Fields, group: Group | ModelSet): boolean =>
  Object.keys(limits).every((key) => Object.hasOwn(group.properties, key));

/** A token type without a limit has no effect. */
function groupProblems(path: string, written: unknown, group: Group): Problem[] {
  if (!isPlainObject(written) || !allKnown(written, group) || hasLimit(written, group.properties)) return [];
  const ways = limitNames(group.properties).join(", ");
  return Object.entries(group.properties).flatMap(([name, property]) =>
    property.kind !== "choice" || (written[name] ?? undefined) === undefined
      ? []
      : [
          {
            property: `${path}.${name}`,
            reason: `has no effect without a limit: set one of ${ways}, or remove it`,
          },
        ],
  );
}

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

/** Checks that the schema cannot express. They read the raw values, so they also run when the schema fails. */
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

function canonicalSet(entries: readonly unknown[], set: ModelSet): unknown {
  const keyed = entries.flatMap((entry): { readonly model: string; readonly form: unknown }[] => {
    if (entry === undefined) return [];
    if (isUnknown(entry)) return [{ model: "", form: entry }];
    const { model, ...limits } = entry as { readonly model: string };
    return [{ model, form: { model, ...canonicalLimits(limits, set.properties) } }];
  });
  return keyed.length === 0 ? undefined : keyed.sort(byModel).map(({ form }) => form);
}

const canonicalForm = (declared: Fields, properties: Table): Fields =>
  mapProperties(properties, (property, name): unknown => {
    const value = declared[name];
    if (value === undefined || isUnknown(value)) return value;
    if (property.kind === "date") return checkDate(value, value, Number.NEGATIVE_INFINITY).date;
    if (property.kind === "group") return canonicalLimits(value as Fields, property.properties);
    return property.kind === "set" ? canonicalSet(value as readonly unknown[], property) : value;
  });

function spokenOptions(options: unknown): EngineOptions | undefined {
  const given = Object.entries((options ?? {}) as Record<string, readonly string[] | null | undefined>);
  const spoken = given.filter(([, named]) => named && named.length > 0);
  return spoken.length === 0 ? undefined : Object.fromEntries(spoken);
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
    [OPTIONS]: spokenOptions(declared[OPTIONS]),
  });
  return { ok: true, inputs, warnings: warningsOf(declared, properties) };
}

export function isFullyKnown(inputs: unknown): inputs is ApiKeyInputs {
  if (isUnknown(inputs)) return false;
  return typeof inputs !== "object" || inputs === null || Object.values(inputs).every(isFullyKnown);
}
