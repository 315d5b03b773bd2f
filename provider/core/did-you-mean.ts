import { closest, distance } from "fastest-levenshtein";

/** The name that somebody may have meant but for a slip of the keyboard; `undefined` where none is near. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const low = typed.toLowerCase();
  const near = closest(
    low,
    names.map((name) => name.toLowerCase()),
  );
  // Of a short word, three slips leave nothing: tpm is no misspelt name.
  if (distance(near, low) > Math.min(3, typed.length / 2)) return undefined;
  return names.find((name) => name.toLowerCase() === near);
}

/** `; did you mean budget?`, or nothing where no name is near. */
export const didYouMean = (suggestion: string | undefined): string =>
  suggestion === undefined ? "" : `; did you mean ${suggestion}?`;
