import { closest, distance } from "fastest-levenshtein";

export function nearest(typed: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const low = typed.toLowerCase();
  const near = closest(
    low,
    names.map((name) => name.toLowerCase()),
  );
  // In a short word, three edits leave nothing in common: `tpm` is not a misspelling.
  if (distance(near, low) > Math.min(3, typed.length / 2)) return undefined;
  return names.find((name) => name.toLowerCase() === near);
}

export const didYouMean = (suggestion: string | undefined): string =>
  suggestion === undefined ? "" : `; did you mean ${suggestion}?`;
