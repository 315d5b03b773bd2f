import { PROPERTIES } from "./properties";
import type { ChangeEffect, Group, ModelSet, Table, ValueProperty } from "./property";

type Property = ValueProperty | Group | ModelSet;

export interface PropertyDocumentation {
  /** `budget`, `globalLimits.tokensPerDay`, `assetLimits[].model` */
  readonly path: string;
  readonly type: "integer" | "number" | "string" | "object" | "array";
  readonly unit?: string;
  readonly choices?: readonly string[];
  readonly required: boolean;
  readonly secret: boolean;
  readonly change: ChangeEffect;
  readonly text: string;
  readonly example: unknown;
}

const quoted = (words: readonly string[]): string => {
  const [last, ...others] = words.map((word) => JSON.stringify(word)).reverse();
  return others.length === 0 ? String(last) : `${others.reverse().join(", ")} or ${last}`;
};

function allowed(property: Property): string | undefined {
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
      return quoted(property.choices);
    case "group":
      return undefined;
    case "set":
      return "a list with one entry per model, whose order has no meaning";
  }
}

const EFFECTS = {
  replace: "Changing it replaces the key.",
  renew:
    "Changing it to another value replaces the key. Setting it for the first time or removing it leaves the key as it is.",
};

/** The text of a property: the docstring of its type, and its place in the reference. */
export function documentationText(property: Property & { readonly change?: ChangeEffect }): string {
  const values = allowed(property);
  const summary = values === undefined ? property.summary : `${property.summary}: ${values}`;
  const sentences = [`${summary}.`, `Left out: ${property.absent}.`];
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
  group: "object",
  set: "array",
} as const;

const examplesOf = (properties: Readonly<Record<string, ValueProperty>>): object =>
  Object.fromEntries(Object.entries(properties).map(([name, { example }]) => [name, example]));

function exampleOf(property: Property): unknown {
  if (property.kind === "group") return examplesOf(property.properties);
  if (property.kind !== "set") return property.example;
  return [examplesOf({ ...property.key, ...property.properties })];
}

function document(path: string, property: Property, change: ChangeEffect): PropertyDocumentation {
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
    ...(property.kind === "choice" ? { choices: property.choices } : {}),
    required: property.presence === "required",
    secret: property.redacted,
    change,
    text: documentationText(property),
    example: exampleOf(property),
  };
}

/** Every property, each followed by its parts. A part inherits `change`. */
export function documentation(properties: Table = PROPERTIES): readonly PropertyDocumentation[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const { change } = property;
    const parts =
      property.kind === "group"
        ? Object.entries(property.properties).map(([part, each]) => document(`${name}.${part}`, each, change))
        : property.kind === "set"
          ? Object.entries({ ...property.key, ...property.properties }).map(([part, each]) =>
              document(`${name}[].${part}`, each, change),
            )
          : [];
    return [document(name, property, change), ...parts];
  });
}
