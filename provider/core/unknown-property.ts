import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import type { AnyProperty, Table } from "./property";
import { propertyPath } from "./property-path";

type Known = Readonly<Record<string, AnyProperty>>;

const WHOLE = { boost: "a boost", adoption: "an adoption" } as const;

function knownAt(
  [name, ...below]: readonly PropertyKey[],
  known: Known,
  noun = "an API key",
): { readonly known: Known; readonly noun: string } {
  const property = known[String(name)];
  if (property === undefined || !("properties" in property)) return { known, noun };
  const parts = property.kind === "set" ? { ...property.key, ...property.properties } : property.properties;
  const names = below.filter((part) => typeof part !== "number");
  return knownAt(
    names,
    parts,
    property.kind in WHOLE ? WHOLE[property.kind as keyof typeof WHOLE] : "limits",
  );
}

function meant(key: string, known: Known): string | undefined {
  const names = Object.keys(known);
  const foreign = names.find((name) => known[name]?.wire === key || known[name]?.aliases?.includes(key));
  if (foreign !== undefined) return foreign;
  return nearest(key, names);
}

export function unknownProperty(path: readonly PropertyKey[], key: string, properties: Table): Problem {
  const { known, noun } = knownAt(path, properties);
  const suggestion = meant(key, known);
  return {
    property: propertyPath([...path, key]),
    reason: `is not a property of ${noun}${didYouMean(suggestion)} (known: ${Object.keys(known).join(", ")})`,
  };
}
