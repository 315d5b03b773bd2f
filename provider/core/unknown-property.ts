import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import type { Table, ValueProperty } from "./property";
import { propertyPath } from "./property-path";

type Known = Readonly<Record<string, Table[string] | ValueProperty>>;

function knownAt(path: readonly PropertyKey[], properties: Table): Known {
  const property = properties[String(path[0])];
  if (property?.kind === "group") return property.properties;
  return property?.kind === "set" ? { ...property.key, ...property.properties } : properties;
}

function meant(key: string, known: Known): string | undefined {
  const names = Object.keys(known);
  const foreign = names.find((name) => known[name]?.wire === key || known[name]?.aliases?.includes(key));
  if (foreign !== undefined) return foreign;
  return nearest(key, names);
}

export function unknownProperty(path: readonly PropertyKey[], key: string, properties: Table): Problem {
  const known = knownAt(path, properties);
  const suggestion = meant(key, known);
  return {
    property: propertyPath([...path, key]),
    reason: `is not a property of ${path.length === 0 ? "an API key" : "limits"}${didYouMean(suggestion)} (known: ${Object.keys(known).join(", ")})`,
  };
}
