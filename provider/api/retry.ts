/**
 * The one retry policy, as pure functions: no clock, no sleeping, no HTTP. Reads, updates and deletes are idempotent
 * and may be repeated; a create may be repeated only where the request provably never arrived.
 */
export interface RetryPolicy {
  /** How many times a call is made at most, the first one included; those turned away with 429 do not count. */
  readonly maxAttempts: number;
  /** The upper bound of the wait before the first repetition, in milliseconds; it doubles with every further one. */
  readonly baseDelayMs: number;
  /** The upper bound of any wait that the policy chooses itself, in milliseconds. */
  readonly maxDelayMs: number;
  /** The longest `Retry-After` that is honoured, in milliseconds; a longer one ends the attempts. */
  readonly maxRetryAfterMs: number;
  /** For how long calls that are turned away with 429 go on in all, in milliseconds: being paced is not a fault. */
  readonly maxPacedMs: number;
}

export const DEFAULT_POLICY: RetryPolicy = {
  maxAttempts: 5,
  baseDelayMs: 250,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 120_000,
  maxPacedMs: 15 * 60_000,
};

/** A time as a person reads it: `45 seconds`, `15 minutes`. */
export function inUnits(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [amount, unit] = seconds < 120 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** How an attempt failed. */
export type Failure =
  | { readonly kind: "never-arrived" }
  | { readonly kind: "connection" }
  | { readonly kind: "status"; readonly status: number; readonly retryAfterMs?: number | undefined };

export interface Attempt {
  /** 1 for the first attempt. */
  readonly number: number;
  /** How many attempts have failed for another reason than 429, this one included. */
  readonly faults: number;
  /** Whether repeating the request does no harm where an earlier attempt was carried out after all. */
  readonly idempotent: boolean;
  /** Milliseconds since the first attempt. */
  readonly elapsedMs: number;
}

export type Decision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

const TRANSIENT = new Set([500, 502, 503, 504]);
const STOP: Decision = { retry: false };

/** Full jitter: anything from 0 to the doubled bound, so that many clients that failed together come back apart. */
const backoff = (failures: number, policy: RetryPolicy, random: () => number): number =>
  Math.round(random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (failures - 1)));

export function decide(
  failure: Failure,
  attempt: Attempt,
  random: () => number,
  policy = DEFAULT_POLICY,
): Decision {
  const own = (failures = attempt.faults): Decision => ({
    retry: true,
    delayMs: backoff(failures, policy, random),
  });
  const exhausted = attempt.faults >= policy.maxAttempts;
  if (failure.kind === "never-arrived") return exhausted ? STOP : own();
  if (failure.kind === "connection") return attempt.idempotent && !exhausted ? own() : STOP;
  const { status, retryAfterMs } = failure;
  const wait = (failures?: number): Decision => {
    // "At once" is no pace: then, as without the header, the own one.
    if (!retryAfterMs) return own(failures);
    if (retryAfterMs > policy.maxRetryAfterMs) return STOP;
    // A little jitter on top: never earlier than asked for, and not everybody at the same moment. A tenth of the wait is
    // enough for that, and more would leave the account's quota idle.
    const jitter = Math.min(policy.baseDelayMs, retryAfterMs / 10);
    return { retry: true, delayMs: retryAfterMs + Math.round(random() * jitter) };
  };
  // 429 turns a request away before anything is done, so even a create may come again, for as long as pacing lasts.
  if (status === 429) return attempt.elapsedMs >= policy.maxPacedMs ? STOP : wait(attempt.number);
  if (!TRANSIENT.has(status) || !attempt.idempotent || exhausted) return STOP;
  return wait();
}

/** The three forms of an HTTP date, of which the last has no zone and means UTC (RFC 9110, 5.6.7). */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}(?: GMT| \d{4})$/;

/** Reads a `Retry-After` header: seconds or an HTTP date. `undefined` where it is neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // `Date.parse` alone reads a date into almost any text that holds a number.
  if (!HTTP_DATE.test(text)) return undefined;
  const date = Date.parse(text.endsWith(" GMT") ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
