/** Each is exactly one token of `o200k_base`, the first without and the others with a leading space. */
const WORDS = (
  "the of and to in is that for it as was with be by on not he his but at are this have from or had an they " +
  "which one you were all her she there would their we him been has when who will no more if out so up said"
).split(" ");

export const NATURAL_LENGTH = 16;

/** An answer of exactly `tokens` tokens. The same `seed` gives the same answer. */
export function writeOutput(tokens: number, seed: string): string {
  let state = 2166136261;
  for (let at = 0; at < seed.length; at += 1) state = Math.imul(state ^ seed.charCodeAt(at), 16777619);
  const words = new Array<string>(tokens);
  for (let at = 0; at < tokens; at += 1) {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 374761393;
    words[at] = WORDS[(state >>> 8) % WORDS.length] ?? "the";
  }
  return words.join(" ");
}

export const tokensOf = (output: string): string[] => output.match(/ ?[^ ]+/g) ?? [];
