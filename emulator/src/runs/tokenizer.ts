/** Counts the tokens of a text. */
export type TokenCounter = (text: string) => number;

interface Encoding {
  countTokens(text: string, options: { disallowedSpecial: Set<string> }): number;
}

/** Byte-pair merging is quadratic in one unbroken run of characters: longer runs are counted in slices of this length. */
const LONGEST_RUN = 256;
const longRun = new RegExp(`\\S{${LONGEST_RUN + 1},}|\\s{${LONGEST_RUN + 1},}`, "u");
const slices = new RegExp(`\\S{1,${LONGEST_RUN}}|\\s{1,${LONGEST_RUN}}`, "gu");
/** Text is text: a marker such as `<|endoftext|>` in a prompt is counted like any other characters. */
const plain = { disallowedSpecial: new Set<string>() };

let encoding: Encoding | undefined;

/** Loads the vocabulary, which takes some tenths of a second: at the first count, so that nobody else waits for it. */
function loadTokenizer(): Encoding {
  encoding ??= require("gpt-tokenizer/encoding/o200k_base") as Encoding;
  return encoding;
}

/** OpenAI's `o200k_base`. */
export const countTokens: TokenCounter = (text) => {
  if (text === "") return 0;
  const { countTokens: count } = encoding ?? loadTokenizer();
  if (text.length <= LONGEST_RUN || !longRun.test(text)) return count(text, plain);
  let total = 0;
  for (const [slice] of text.matchAll(slices)) total += count(slice, plain);
  return total;
};
