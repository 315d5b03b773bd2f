import { closest, distance } from "fastest-levenshtein";
import * as z from "zod";
import type { Problem } from "./errors";
import { isPast, readExpiry } from "./expiry";
import { canonicalLimits } from "./limits";
import {
  type ApiKeyInputs,
  AUTO_NAME,
  type EngineOptions,
  LIMIT_NAMES,
  type Limits,
  OPTIONS,
  type PreviewAssetLimits,
  type PreviewInputs,
} from "./model";
import { present } from "./present";
import * as schema from "./schema";
import { isUnknown, type OrUnknown } from "./unknown";

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
      /** What can be done but hardly be meant, in the order of the properties. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const PROPERTIES = ["name", "budget", "expiresAt", "globalLimits", "assetLimits"];
const LIMIT_PROPERTIES: string[] = [...LIMIT_NAMES, "tokenType"];
const ASSET_LIMIT_PROPERTIES = ["model", ...LIMIT_PROPERTIES];

/** The words of the wire and of the SDK, for people who know the platform by them. */
const FOREIGN_NAMES: Readonly<Record<string, string>> = {
  tpm: "tokensPerMinute",
  tpd: "tokensPerDay",
  rpm: "requestsPerMinute",
  rpd: "requestsPerDay",
  assetId: "model",
  assetsLimits: "assetLimits",
  expiry: "expiresAt",
  limits: "globalLimits",
};

/** `assetLimits[1].tokensPerDay`, as Pulumi writes property paths. */
export const propertyPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );

function unknownProperty(path: readonly PropertyKey[], key: string): Problem {
  const known =
    path.length === 0 ? PROPERTIES : path[0] === "assetLimits" ? ASSET_LIMIT_PROPERTIES : LIMIT_PROPERTIES;
  const foreign = FOREIGN_NAMES[key];
  const near = closest(
    key.toLowerCase(),
    known.map((each) => each.toLowerCase()),
  );
  const suggestion =
    foreign !== undefined && known.includes(foreign)
      ? foreign
      : // Of a short word, three slips leave nothing: tpm is no misspelt name.
        distance(near, key.toLowerCase()) <= Math.min(3, key.length / 2)
        ? known.find((each) => each.toLowerCase() === near)
        : undefined;
  return {
    property: propertyPath([...path, key]),
    reason: `is not a property of ${path.length === 0 ? "an API key" : "limits"}${
      suggestion === undefined ? "" : `; did you mean ${suggestion}?`
    } (known: ${known.join(", ")})`,
  };
}

const paths = z.array(z.string()).nullish();

const declaration = z.strictObject({
  name: schema.known(schema.name),
  budget: schema.known(schema.budget),
  expiresAt: schema.known(
    z.string({
      error: ({ input }) => `must be a date such as "2027-01-31"; got ${schema.show(input)}`,
    }),
  ),
  globalLimits: schema.known(schema.limits),
  assetLimits: schema.known(schema.assetLimits),
  [AUTO_NAME]: z.union([z.string(), z.literal(true)]).optional(),
  [OPTIONS]: z.object({ ignoreChanges: paths, replaceOnChanges: paths, secrets: paths }).nullish(),
});

type Parsed = z.infer<typeof declaration>;

function checkExpiry(
  value: unknown,
  context: CheckContext,
): { value?: string | undefined; problem?: string } {
  if (isUnknown(value)) return { value };
  // Anything but text is refused by the schema.
  if (typeof value !== "string") return {};
  const reading = readExpiry(value);
  if (!reading.ok) return { problem: `${reading.problem}; got ${schema.show(value)}` };
  const unchanged = context.previous?.expiresAt === reading.date;
  if (isPast(reading.date, context.now) && !unchanged) {
    return {
      problem: `is in the past; got ${schema.show(value)}: choose a later date, leave it out for a key that does not expire, or remove the resource to revoke the key`,
    };
  }
  return { value: reading.date };
}

/** Limits in canonical form, or as they are where a placeholder hides what they will say. */
function canonical<T extends Record<string, unknown>>(limits: T): Limits | undefined {
  const known = LIMIT_NAMES.every((name) => !isUnknown(limits[name])) && !isUnknown(limits.tokenType);
  return known ? canonicalLimits(limits as Limits) : (limits as Limits);
}

/** `tokenType` says how token limits count; alone it would be dropped without a word. */
function lonelyTokenType(written: unknown): Problem[] {
  if (typeof written !== "object" || written === null) return [];
  const { tokenType, ...limits } = written as Record<string, unknown>;
  const known = Object.keys(limits).every((key) => LIMIT_PROPERTIES.includes(key));
  if (tokenType === undefined || tokenType === null || !known || schema.hasLimit(limits)) return [];
  const reason = `says how token limits count, but no limit is set: set one of ${LIMIT_NAMES.join(", ")}, or remove it`;
  return [{ property: "globalLimits.tokenType", reason }];
}

/** What is wrong with the entries as a set. Looks at what was written, so that a slip in one entry hides no other. */
function assetProblems(written: unknown): Problem[] {
  if (!Array.isArray(written)) return [];
  const problems: Problem[] = [];
  const first = new Map<string, number>();
  for (const [index, entry] of written.entries()) {
    if (typeof entry !== "object" || entry === null || Array.isArray(entry)) continue;
    const property = `assetLimits[${index}]`;
    const { model, ...limits } = entry as Record<string, unknown>;
    if (model === undefined || model === null) {
      problems.push({ property: `${property}.model`, reason: "is missing: give the model's id or its path" });
    }
    if (Object.keys(limits).every((key) => LIMIT_PROPERTIES.includes(key)) && !schema.hasLimit(limits)) {
      const whose = typeof model === "string" && !isUnknown(model) ? ` for ${schema.show(model)}` : "";
      problems.push({
        property,
        reason: `sets no limit${whose}: set one of ${LIMIT_NAMES.join(", ")}, or remove the entry`,
      });
    }
    if (typeof model !== "string" || isUnknown(model)) continue;
    const earlier = first.get(model);
    if (earlier === undefined) first.set(model, index);
    else {
      problems.push({
        property: `${property}.model`,
        reason: `names ${schema.show(model)} a second time, after assetLimits[${earlier}]: keep one entry per model`,
      });
    }
  }
  return problems;
}

function canonicalAssets(value: Parsed["assetLimits"]): PreviewInputs["assetLimits"] {
  if (value === undefined || isUnknown(value)) return value;
  const entries = value.flatMap((entry): OrUnknown<PreviewAssetLimits>[] => {
    if (entry === undefined) return [];
    if (isUnknown(entry)) return [entry];
    const { model, ...limits } = entry;
    return model === undefined ? [] : [{ model, ...canonical(limits) }];
  });
  const order = (entry: OrUnknown<PreviewAssetLimits>): string => (isUnknown(entry) ? "" : entry.model);
  entries.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
  return entries.length === 0 ? undefined : entries;
}

/** The options that name a property; `undefined` where none does, for most programs give none. */
function spokenOptions(options: Parsed[typeof OPTIONS]): EngineOptions | undefined {
  const given = Object.entries(options ?? {}).filter(([, named]) => named && named.length > 0);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/**
 * Checks a declaration as the engine hands it over, placeholders and all, and puts it into canonical form. Reports
 * every problem at once. Pure: whether a name is taken or a model exists is for the caller to ask.
 */
export function checkDeclaration(news: unknown, context: CheckContext): CheckOutcome {
  const parsed = declaration.safeParse(news);
  const problems: Problem[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const params = "params" in issue ? issue.params : undefined;
      const keys: unknown = issue.code === "unrecognized_keys" ? issue.keys : params?.keys;
      if (Array.isArray(keys)) problems.push(...keys.map((key) => unknownProperty(issue.path, String(key))));
      else problems.push({ property: propertyPath(issue.path), reason: issue.message });
    }
  }
  const written = typeof news === "object" && news !== null ? (news as Record<string, unknown>) : {};
  // A first problem must not hide a second: these look at what was written, also where something else did not parse.
  const expiry = checkExpiry(written.expiresAt, context);
  if (expiry.problem !== undefined) problems.push({ property: "expiresAt", reason: expiry.problem });
  problems.push(...lonelyTokenType(written.globalLimits), ...assetProblems(written.assetLimits));
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const { name, budget, globalLimits, assetLimits } = parsed.data;
  return {
    ok: true,
    warnings: [],
    inputs: present<CheckedDeclaration>({
      name,
      budget,
      expiresAt: expiry.value,
      globalLimits:
        globalLimits === undefined || isUnknown(globalLimits) ? globalLimits : canonical(globalLimits),
      assetLimits: canonicalAssets(assetLimits),
      [AUTO_NAME]: parsed.data[AUTO_NAME],
      [OPTIONS]: spokenOptions(parsed.data[OPTIONS]),
    }),
  };
}

/** The same check for values that must all be known: what `create` and `update` receive. */
export function isFullyKnown(inputs: unknown): inputs is ApiKeyInputs {
  if (isUnknown(inputs)) return false;
  return typeof inputs !== "object" || inputs === null || Object.values(inputs).every(isFullyKnown);
}
