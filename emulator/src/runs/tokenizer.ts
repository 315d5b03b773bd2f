import { Vocabulary } from "./vocabulary.js";

export type TokenCounter = (text: string) => number;

/** Byte-pair merging is quadratic in an unbroken run, so longer runs are counted in slices. */
const LONGEST_RUN = 256;
const longRun = new RegExp(`\\S{${LONGEST_RUN + 1},}|\\s{${LONGEST_RUN + 1},}`, "u");
const slices = new RegExp(`\\S{1,${LONGEST_RUN}}|\\s{1,${LONGEST_RUN}}`, "gu");
const anySlices = new RegExp(`[^]{1,${LONGEST_RUN}}`, "gu");

const encoder = new TextEncoder();
/** No slice has more bytes, so the arrays are reused. */
const MOST_BYTES = 4 * LONGEST_RUN + 16;
const bytes = new Uint8Array(MOST_BYTES);
/** The start of each part of a piece, then the end of the last. */
const starts = new Int32Array(MOST_BYTES + 1);
const ranks = new Int32Array(MOST_BYTES);
const NONE = 2 ** 31 - 1;

let vocabulary: Vocabulary | undefined;

/** OpenAI's `o200k_base`. Special tokens such as `<|endoftext|>` are counted as text. */
export const countTokens: TokenCounter = (text) => {
  if (text === "") return 0;
  vocabulary ??= Vocabulary.load();
  if (text.length <= LONGEST_RUN) return countShort(vocabulary, text);
  if (!longRun.test(text)) return countIn(vocabulary, text);
  let total = 0;
  for (const [slice] of text.matchAll(slices)) total += countIn(vocabulary, slice);
  return total;
};

const known = new Map<string, number>();
const MOST_KNOWN = 2_000;

function countShort(tokens: Vocabulary, text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  const count = countIn(tokens, text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, count);
  return count;
}

function countIn(tokens: Vocabulary, text: string): number {
  let total = 0;
  for (const piece of text.match(tokens.pattern) ?? []) total += countPiece(tokens, piece);
  return total;
}

function countPiece(tokens: Vocabulary, piece: string): number {
  const { written, read } = encoder.encodeInto(piece, bytes);
  // A line of slashes and line breaks is one piece, so it is sliced as well.
  if (read < piece.length) {
    return (piece.match(anySlices) ?? []).reduce((sum, slice) => sum + countPiece(tokens, slice), 0);
  }
  return tokens.rankOf(bytes, 0, written) === undefined ? merge(tokens, written) : 1;
}

/** Joins the neighbours with the lowest rank, first of equals, until none has a rank. */
function merge(tokens: Vocabulary, length: number): number {
  let parts = length;
  for (let at = 0; at <= length; at += 1) starts[at] = at;
  const rankAt = (at: number): number =>
    at + 2 > parts ? NONE : (tokens.rankOf(bytes, starts[at] as number, starts[at + 2] as number) ?? NONE);
  for (let at = 0; at < parts; at += 1) ranks[at] = rankAt(at);
  for (;;) {
    let lowest = NONE;
    let place = -1;
    for (let at = 0; at < parts; at += 1) {
      const rank = ranks[at] as number;
      if (rank < lowest) {
        lowest = rank;
        place = at;
      }
    }
    if (place < 0) return parts;
    starts.copyWithin(place + 1, place + 2, parts + 1);
    ranks.copyWithin(place + 1, place + 2, parts);
    parts -= 1;
    ranks[place] = rankAt(place);
    if (place > 0) ranks[place - 1] = rankAt(place - 1);
  }
}
