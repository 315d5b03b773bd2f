/**
 * The one retry policy, as pure functions: no clock, no sleeping, no HTTP. Reads, updates and deletes are idempotent
 * and may be repeated; a create may be repeated only where the request provably never arrived.
 */
export interface RetryPolicy {
  /** How many times a call is made at most, the first one included. */
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

/** How an attempt failed. */
export type Failure =
  | { readonly kind: "never-arrived" }
  | { readonly kind: "connection" }
  | { readonly kind: "status"; readonly status: number; readonly retryAfterMs?: number | undefined };

export interface Attempt {
  /** 1 for the first attempt. */
  readonly number: number;
  /** Whether repeating the request does no harm where an earlier attempt was carried out after all. */
  readonly idempotent: boolean;
  /** Milliseconds since the first attempt. */
  readonly elapsedMs: number;
}

export type Decision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

const TRANSIENT = new Set([500, 502, 503, 504]);
const STOP: Decision = { retry: false };

/** Full jitter: anything from 0 to the doubled bound, so that many clients that failed together come back apart. */
const backoff = (attempt: Attempt, policy: RetryPolicy, random: () => number): number =>
  Math.round(random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt.number - 1)));

export function decide(
  failure: Failure,
  attempt: Attempt,
  random: () => number,
  policy = DEFAULT_POLICY,
): Decision {
  const own = (): Decision => ({ retry: true, delayMs: backoff(attempt, policy, random) });
  const exhausted = attempt.number >= policy.maxAttempts;
  if (failure.kind === "never-arrived") return exhausted ? STOP : own();
  if (failure.kind === "connection") return attempt.idempotent && !exhausted ? own() : STOP;
  const { status, retryAfterMs } = failure;
  const wait = (): Decision => {
    if (retryAfterMs === undefined) return own();
    if (retryAfterMs > policy.maxRetryAfterMs) return STOP;
    // A little jitter on top: never earlier than asked for, and not everybody at the same moment.
    return { retry: true, delayMs: retryAfterMs + Math.round(random() * policy.baseDelayMs) };
  };
  // 429 turns a request away before anything is done, so even a create may come again, for as long as pacing lasts.
  if (status === 429) return attempt.elapsedMs >= policy.maxPacedMs ? STOP : wait();
  if (!TRANSIENT.has(status) || !attempt.idempotent || exhausted) return STOP;
  return wait();
}

/** Reads a `Retry-After` header: seconds or an HTTP date. `undefined` where it is neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
