const DAY_MS = 24 * 60 * 60 * 1000;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

const DAY = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?Z?)?$/;

const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The platform's SDK writes years with four digits. */
const FIRST_DAY = Date.parse("0000-01-01T00:00:00Z");
const LAST_DAY = Date.parse("9999-12-31T00:00:00Z");
const isWritable = (ms: number): boolean => ms >= FIRST_DAY && ms <= LAST_DAY;

/** `Date.UTC` would turn 30 February into March. */
const isRealDate = (text: string): boolean => {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return DATE.test(text) && !Number.isNaN(ms) && isoDate(ms) === text;
};

export type ExpiryReading =
  | { readonly ok: true; readonly date: string; readonly ms: number }
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): ExpiryReading => ({ ok: false, problem });

/**
 * Reads a date, or an ISO 8601 instant that is midnight UTC. The platform's guide says that keys expire at midnight
 * UTC.
 */
export function readExpiry(text: string): ExpiryReading {
  if (DATE.test(text)) {
    if (!isRealDate(text)) return refuse("is not a calendar date");
    return { ok: true, date: text, ms: Date.parse(`${text}T00:00:00Z`) };
  }
  const day = INSTANT.exec(text)?.[1];
  if (day === undefined) {
    return refuse(
      'is not a date: write "YYYY-MM-DD", or an ISO 8601 instant with its zone such as "2027-01-31T00:00:00Z"',
    );
  }
  const ms = Date.parse(text);
  if (!isRealDate(day) || Number.isNaN(ms)) return refuse("is not a valid date and time");
  if (ms % DAY_MS !== 0) {
    const before = Math.floor(ms / DAY_MS) * DAY_MS;
    const neighbours = [before, before + DAY_MS].filter(isWritable).map((each) => `"${isoDate(each)}"`);
    return refuse(
      `is not midnight UTC, and keys expire at midnight UTC only: write ${neighbours.join(" or ")}`,
    );
  }
  if (!isWritable(ms)) return refuse("is not a valid date and time");
  return { ok: true, date: isoDate(ms), ms };
}

/**
 * The canonical form of an expiry from the platform: a date, or the exact instant when it is not midnight UTC, so that
 * the diff shows it. An instant without a zone is UTC, as in the platform's SDK.
 */
export function canonicalExpiry(text: string): string {
  const day = DAY.exec(text)?.[1];
  if (day !== undefined) return day;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned);
  if (Number.isNaN(ms)) return text;
  return ms % DAY_MS === 0 ? isoDate(ms) : new Date(ms).toISOString();
}

/** Whether a canonical expiry is at or before `now` (milliseconds since 1970). */
export const isPast = (canonical: string, now: number): boolean => Date.parse(canonical) <= now;
