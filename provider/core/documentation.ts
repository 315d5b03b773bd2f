import { PROPERTIES } from "./properties";
import { type AnyProperty, type ChangeEffect, isOfKey, type Table, type ValueProperty } from "./property";

export interface PropertyDocumentation {
  /** `budget`, `globalLimits.tokensPerDay`, `assetLimits[].model` */
  readonly path: string;
  readonly type: "integer" | "number" | "string" | "boolean" | "object" | "array";
  readonly unit?: string;
  readonly choices?: readonly string[];
  readonly required: boolean;
  readonly secret: boolean;
  readonly inputOnly?: true;
  readonly change: ChangeEffect;
  readonly text: string;
  readonly example: unknown;
}

export interface PropertyFacts {
  readonly kind: AnyProperty["kind"];
  /** Without the allowed values and without a full stop. */
  readonly summary: string;
  /** The allowed values, where its parts do not say it. */
  readonly range?: string;
  /** What leaving it out means, as in "no limit". */
  readonly absent: string;
  readonly notes?: string;
}

const quoted = (words: readonly string[]): string => {
  const [last, ...others] = words.map((word) => JSON.stringify(word)).reverse();
  return others.length === 0 ? String(last) : `${others.reverse().join(", ")} or ${last}`;
};

function allowed(property: AnyProperty): string | undefined {
  switch (property.kind) {
    case "count":
      return "a whole number, 0 or more";
    case "amount":
      return "a number, 0 or more";
    case "text":
      return (
        property.form ??
        `1 to ${property.maxLength ?? "any number of"} characters, without control characters and without spaces around it`
      );
    case "date":
      return `a date (${JSON.stringify(property.example)}) or an ISO 8601 instant (${JSON.stringify(`${property.example}T00:00:00Z`)})`;
    case "choice":
    case "policy":
      return quoted(property.choices);
    case "flag":
      return "true or false";
    case "group":
    case "boost":
    case "adoption":
      return undefined;
    case "set":
      return "a list with one entry per model, whose order has no meaning";
  }
}

const EFFECTS = {
  replace: "Changing it replaces the key.",
  renew:
    "Changing it to another value replaces the key. Setting it for the first time or removing it does not.",
};

export function documentationText(property: AnyProperty & { readonly change?: ChangeEffect }): string {
  const values = allowed(property);
  const summary = values === undefined ? property.summary : `${property.summary}: ${values}`;
  const omitted = property.presence === "required" ? "Required." : `Default: ${property.absent}.`;
  const sentences = [`${summary}.`, omitted];
  if (property.notes !== undefined) sentences.push(property.notes);
  const { change = "update" } = property;
  if (change !== "update") sentences.push(EFFECTS[change]);
  return sentences.join(" ");
}

const TYPES = {
  count: "integer",
  amount: "number",
  text: "string",
  date: "string",
  choice: "string",
  flag: "boolean",
  policy: "string",
  group: "object",
  boost: "object",
  adoption: "object",
  set: "array",
} as const;

const examplesOf = (properties: Readonly<Record<string, ValueProperty>>): object =>
  Object.fromEntries(Object.entries(properties).map(([name, { example }]) => [name, example]));

function exampleOf(property: AnyProperty): unknown {
  if (property.kind === "group") return examplesOf(property.properties);
  if (property.kind !== "set") return property.example;
  return [examplesOf({ ...property.key, ...property.properties })];
}

function document(path: string, property: AnyProperty, change: ChangeEffect): PropertyDocumentation {
  const unit =
    property.kind === "count"
      ? `${property.counts} per UTC ${property.per}`
      : property.kind === "amount"
        ? property.unit
        : undefined;
  return {
    path,
    type: TYPES[property.kind],
    ...(unit === undefined ? {} : { unit }),
    ...(property.kind === "choice" || property.kind === "policy" ? { choices: property.choices } : {}),
    required: property.presence === "required",
    secret: property.redacted,
    ...(isOfKey(property) ? {} : { inputOnly: true as const }),
    change,
    text: documentationText(property),
    example: exampleOf(property),
  };
}

/** A property and its parts, each by its path. */
function within<T>(
  path: string,
  property: AnyProperty,
  make: (path: string, property: AnyProperty) => T,
): readonly T[] {
  const below = property.kind === "set" ? `${path}[]` : path;
  const key = property.kind === "set" ? property.key : {};
  const parts: Readonly<Record<string, AnyProperty>> =
    "properties" in property ? { ...key, ...property.properties } : {};
  return [
    make(path, property),
    ...Object.entries(parts).flatMap(([part, each]) => within(`${below}.${part}`, each, make)),
  ];
}

/** Every property, followed by its parts. A part has the change effect of the whole. */
export const documentation = (properties: Table = PROPERTIES): readonly PropertyDocumentation[] =>
  Object.entries(properties).flatMap(([name, property]) =>
    within(name, property, (path, each) => document(path, each, property.change)),
  );

const factsOf = (property: AnyProperty): PropertyFacts => {
  const { kind, summary, absent, notes } = property;
  const range = allowed(property);
  return {
    kind,
    summary,
    absent,
    ...(range === undefined ? {} : { range }),
    ...(notes === undefined ? {} : { notes }),
  };
};

/** What the texts of all properties are made of, by the paths of {@link documentation}. */
export const propertyFacts = (properties: Table = PROPERTIES): ReadonlyMap<string, PropertyFacts> =>
  new Map(
    Object.entries(properties).flatMap(([name, property]) =>
      within(name, property, (path, each): [string, PropertyFacts] => [path, factsOf(each)]),
    ),
  );
