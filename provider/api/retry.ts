/**
 * The retry policy, without clock, sleep and HTTP. Reads, updates and deletes are idempotent and may be repeated. A
 * create may be repeated only if the request provably never arrived.
 */
export interface RetryPolicy {
  /** Including the first attempt, excluding those refused with 429. */
  readonly maxAttempts: number;
  /** The upper bound of the first wait, in milliseconds. It doubles with every retry. */
  readonly baseDelayMs: number;
  /** The upper bound of every wait that the policy chooses, in milliseconds. */
  readonly maxDelayMs: number;
  /** A longer `Retry-After` ends the retries, in milliseconds. */
  readonly maxRetryAfterMs: number;
  /** How long calls are repeated after 429, in milliseconds. */
  readonly maxPacedMs: number;
}

export const DEFAULT_POLICY: RetryPolicy = {
  maxAttempts: 5,
  baseDelayMs: 250,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 120_000,
  maxPacedMs: 15 * 60_000,
};

export function inUnits(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [amount, unit] = seconds < 120 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

export type Failure =
  | { readonly kind: "never-arrived" }
  | { readonly kind: "connection" }
  | { readonly kind: "status"; readonly status: number; readonly retryAfterMs?: number | undefined };

export interface Attempt {
  readonly number: number;
  /** How many attempts failed for a reason other than 429, including this one. */
  readonly faults: number;
  /** Whether a repetition is harmless if an earlier attempt succeeded. */
  readonly idempotent: boolean;
  readonly elapsedMs: number;
}

export type Decision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

const TRANSIENT = new Set([500, 502, 503, 504]);
const STOP: Decision = { retry: false };

/** Full jitter, so that clients that failed together do not return together. */
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
    // `Retry-After: 0` sets no pace.
    if (!retryAfterMs) return own(failures);
    if (retryAfterMs > policy.maxRetryAfterMs) return STOP;
    // Never earlier than asked for. More than a tenth would leave quota unused.
    const jitter = Math.min(policy.baseDelayMs, retryAfterMs / 10);
    return { retry: true, delayMs: retryAfterMs + Math.round(random() * jitter) };
  };
  // A request refused with 429 was not processed, so even a create may be repeated.
  if (status === 429) return attempt.elapsedMs >= policy.maxPacedMs ? STOP : wait(attempt.number);
  if (!TRANSIENT.has(status) || !attempt.idempotent || exhausted) return STOP;
  return wait();
}

/** The three forms of an HTTP date (RFC 9110, 5.6.7). The last has no zone and means UTC. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d{2}:\d{2}:\d{2}(?: GMT| \d{4})$/;

/** The seconds or the HTTP date of a `Retry-After` header. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // `Date.parse` accepts almost any text with a number.
  if (!HTTP_DATE.test(text)) return undefined;
  const date = Date.parse(text.endsWith(" GMT") ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
