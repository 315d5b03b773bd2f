import { mask } from "./api-key.js";

/** Longer runs of letters and digits than this are looked at: no access key is shorter. */
const SHORTEST_SECRET = 12;
const WORD = new RegExp(`[\\w-]{${SHORTEST_SECRET},}`, "g");
/** Ids are shown, so that a log tells which key or model was asked for. */
const ID = /^[0-9a-f]{24}$/i;
/** What of an address is shown and kept at most. */
const LONGEST = 512;
const REMEMBERED = 128;
const MOST_REMEMBERED = 1_000;
/** As often as this, an address is decoded to look for a key that was encoded again and again. */
const DECODINGS = 5;

export interface RedactionOptions {
  /** Whether a word is an access key, one that was deleted included. */
  isSecret(word: string): boolean;
  /** Access keys that hold other characters than words do. */
  oddSecrets(): Iterable<string>;
  /** Whether a word is known to be none: the id of a key, a part of the path of a model. */
  isKnown(word: string): boolean;
}

/**
 * Takes access keys out of what a caller wrote. Whatever is long enough to be one and is not known to be something
 * else is masked: a key may be encoded, deleted, of another account, or have something stuck to it.
 */
export class Redaction {
  /** What was found to hold nothing to mask: most addresses are asked for again and again. */
  private readonly harmless = new Map<string, string>();

  constructor(private readonly options: RedactionOptions) {}

  /** A new secret may stand in an address that held none. */
  forget(): void {
    this.harmless.clear();
  }

  /** A text in quotation marks, for a message. */
  quote(text: string): string {
    return JSON.stringify(this.of(text));
  }

  /** An address or a part of one, cut to a bounded length. It keeps no reference to the text that it was taken from. */
  of(text: string): string {
    // The same string each time: what the request log keeps is then no new one on every request.
    const known = this.harmless.get(text);
    if (known !== undefined) return known;
    const decoded = decode(text);
    if (decoded === text && text.length < REMEMBERED && this.maskWords(text) === text) {
      if (this.harmless.size >= MOST_REMEMBERED) this.harmless.clear();
      const copy = toWellFormed(text);
      this.harmless.set(copy, copy);
      return copy;
    }
    const clean = this.maskWords(decoded);
    if (decoded === text) return shorten(clean);
    return shorten(clean === decoded ? this.maskOdd(text) : encodeURI(toWellFormed(clean)));
  }

  private maskWords(text: string): string {
    return this.maskOdd(text).replace(WORD, (word) => (this.isHarmless(word) ? word : mask(word)));
  }

  private maskOdd(text: string): string {
    let masked = text;
    for (const secret of this.options.oddSecrets()) masked = masked.replaceAll(secret, mask);
    return masked;
  }

  private isHarmless(word: string): boolean {
    const { isSecret, isKnown } = this.options;
    return !isSecret(word) && (ID.test(word) || isKnown(word));
  }
}

/** A copy, so that no part of a long address is kept for the sake of a short one. */
function shorten(text: string): string {
  return toWellFormed(text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text);
}

function decode(text: string): string {
  let decoded = text;
  for (let round = 0; round < DECODINGS && decoded.includes("%"); round += 1) {
    decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
  return decoded;
}

/** Halves of characters cannot be encoded. */
const toWellFormed = (text: string): string => Buffer.from(text, "utf8").toString("utf8");
