import { readFileSync } from "node:fs";
import { join } from "node:path";

const { imul } = Math;
const FILE = join(__dirname, "../../vocabulary/o200k_base.bin");
/** More than twice the number of tokens, so that a lookup ends after a step or two. */
const PLACES = 2 ** 19;

/** The tokens of `o200k_base` with their ranks, in three arrays: a `Map` takes ten times as long to build. */
export class Vocabulary {
  private readonly ends: Uint32Array;
  /** Ranks plus one by token hash; 0 is empty. */
  private readonly places = new Int32Array(PLACES);

  private constructor(
    readonly pattern: RegExp,
    private readonly bytes: Uint8Array,
    lengths: Uint8Array,
  ) {
    this.ends = new Uint32Array(lengths.length);
    let start = 0;
    for (let rank = 0; rank < lengths.length; rank += 1) {
      const end = start + (lengths[rank] as number);
      this.ends[rank] = end;
      let place = hashOf(bytes, start, end);
      while (this.places[place] !== 0) place = (place + 1) % PLACES;
      this.places[place] = rank + 1;
      start = end;
    }
  }

  static load(): Vocabulary {
    const file = readFileSync(FILE);
    const end = file.indexOf("\n");
    const head = JSON.parse(file.toString("utf8", 0, end)) as {
      tokens: number;
      pattern: string;
      flags: string;
    };
    const bytes = end + 1 + head.tokens;
    return new Vocabulary(
      new RegExp(head.pattern, head.flags),
      file.subarray(bytes),
      file.subarray(end + 1, bytes),
    );
  }

  rankOf(bytes: Uint8Array, start: number, end: number): number | undefined {
    const length = end - start;
    for (let place = hashOf(bytes, start, end); ; place = (place + 1) % PLACES) {
      const rank = (this.places[place] as number) - 1;
      if (rank < 0) return undefined;
      const last = this.ends[rank] as number;
      const first = rank === 0 ? 0 : (this.ends[rank - 1] as number);
      if (last - first !== length) continue;
      let at = 0;
      while (at < length && this.bytes[first + at] === bytes[start + at]) at += 1;
      if (at === length) return rank;
    }
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = imul(hash ^ (bytes[at] as number), 0x01000193);
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}
