import { mask } from "./api-key.js";

const SHORTEST_SECRET = 12;
const WORD = new RegExp(`[\\w-]{${SHORTEST_SECRET},}`, "g");
const ID = /^[0-9a-f]{24}$/i;
const LONGEST = 512;
const REMEMBERED = 128;
const MOST_REMEMBERED = 1_000;
/** How often a URL is decoded to find an encoded key. Each round takes time, so there is an end. */
const DECODINGS = 5;
const ENCODED = /%[0-9a-f]{2}/i;
const UNREADABLE = "(encoded too often to be shown)";

export interface RedactionOptions {
  isSecret(word: string): boolean;
  /** Access keys with characters that words do not have. */
  oddSecrets(): Iterable<string>;
  isKnown(word: string): boolean;
}

/**
 * Masks access keys in text of callers. A key may be encoded, deleted, of another account, or attached to other text,
 * so everything that is long enough to be a key is masked unless it is known to be something else.
 */
export class Redaction {
  /** URLs without anything to mask: most are requested repeatedly. */
  private readonly harmless = new Map<string, string>();

  constructor(private readonly options: RedactionOptions) {}

  /** A new secret may occur in a known URL. */
  forget(): void {
    this.harmless.clear();
  }

  quote(text: string): string {
    return JSON.stringify(this.of(text));
  }

  /** A URL or part of it, cut. Keeps no reference to the original text. */
  of(text: string): string {
    // Returns the same string, so that the request log stores it once.
    const known = this.harmless.get(text);
    if (known !== undefined) return known;
    const decoded = decode(text);
    if (ENCODED.test(decoded)) return UNREADABLE;
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

/** A copy, so that a long URL is not kept in memory. */
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

/** Lone surrogates cannot be encoded. */
const toWellFormed = (text: string): string => Buffer.from(text, "utf8").toString("utf8");
