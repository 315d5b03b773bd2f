import { Vocabulary } from "./vocabulary.js";

/** Counts the tokens of a text. */
export type TokenCounter = (text: string) => number;

/** Byte-pair merging is quadratic in one unbroken run of characters: longer runs are counted in slices of this length. */
const LONGEST_RUN = 256;
const longRun = new RegExp(`\\S{${LONGEST_RUN + 1},}|\\s{${LONGEST_RUN + 1},}`, "u");
const slices = new RegExp(`\\S{1,${LONGEST_RUN}}|\\s{1,${LONGEST_RUN}}`, "gu");

const encoder = new TextEncoder();
/** Room for the bytes of one piece; a longer one gets room of its own. */
const room = new Uint8Array(4_096);

let vocabulary: Vocabulary | undefined;

/** OpenAI's `o200k_base`. Text is text: a marker such as `<|endoftext|>` in a prompt is counted like any other characters. */
export const countTokens: TokenCounter = (text) => {
  if (text === "") return 0;
  vocabulary ??= Vocabulary.load();
  if (text.length <= LONGEST_RUN || !longRun.test(text)) return countIn(vocabulary, text);
  let total = 0;
  for (const [slice] of text.matchAll(slices)) total += countIn(vocabulary, slice);
  return total;
};

function countIn(tokens: Vocabulary, text: string): number {
  let total = 0;
  for (const piece of text.match(tokens.pattern) ?? []) total += countPiece(tokens, piece);
  return total;
}

function countPiece(tokens: Vocabulary, piece: string): number {
  const bytes = piece.length * 3 <= room.length ? room : new Uint8Array(piece.length * 3);
  const { written } = encoder.encodeInto(piece, bytes);
  return tokens.rankOf(bytes, 0, written) === Number.POSITIVE_INFINITY ? merge(tokens, bytes, written) : 1;
}

/** Joins the two neighbours whose union has the lowest rank, the first of equals, until none has a rank. */
function merge(tokens: Vocabulary, bytes: Uint8Array, length: number): number {
  /** Where each part starts, and last where the last one ends. */
  const starts = Array.from({ length: length + 1 }, (_, at) => at);
  const rankAt = (at: number): number => {
    const end = starts[at + 2];
    return end === undefined ? Number.POSITIVE_INFINITY : tokens.rankOf(bytes, starts[at] as number, end);
  };
  const ranks = Array.from({ length }, (_, at) => rankAt(at));
  for (;;) {
    let lowest = Number.POSITIVE_INFINITY;
    let place = -1;
    for (let at = 0; at < ranks.length; at += 1) {
      const rank = ranks[at] as number;
      if (rank < lowest) {
        lowest = rank;
        place = at;
      }
    }
    if (place < 0) return ranks.length;
    starts.splice(place + 1, 1);
    ranks.splice(place + 1, 1);
    ranks[place] = rankAt(place);
    if (place > 0) ranks[place - 1] = rankAt(place - 1);
  }
}
