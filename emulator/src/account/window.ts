import type { Limits, TokenType } from "./limits.js";

export const MINUTE = 60_000;
/** UTC has no daylight saving and the epoch counts no leap seconds, so a day is always this long. */
export const DAY = 86_400_000;

export interface WindowLimits {
  readonly requests: number | null;
  readonly tokens: number | null;
  readonly tokenType: TokenType;
}

export interface WindowState {
  start: number;
  requests: number;
  input: number;
  output: number;
  inForce: WindowLimits;
  next: WindowLimits;
}

/** How far a clock may step back and still be in the window that was opened before: corrections of a clock are small. */
const STEP_BACK = MINUTE;

const UNLIMITED: WindowLimits = { requests: null, tokens: null, tokenType: "total" };

export const minuteLimits = (limits: Limits | null): WindowLimits =>
  limits ? { requests: limits.rpm, tokens: limits.tpm, tokenType: limits.tokenType ?? "total" } : UNLIMITED;

export const dayLimits = (limits: Limits | null): WindowLimits =>
  limits ? { requests: limits.rpd, tokens: limits.tpd, tokenType: limits.tokenType ?? "total" } : UNLIMITED;

/** The counters of one scope in one fixed window, aligned to the UTC minute or day, and the limits on them. */
export class Window {
  private start = Number.NEGATIVE_INFINITY;
  private requests = 0;
  private input = 0;
  private output = 0;
  private next: WindowLimits;

  constructor(
    readonly length: number,
    private inForce: WindowLimits,
  ) {
    this.next = inForce;
  }

  /**
   * Opens the window that holds `now`, when it is another one: counters go back to zero and limits changed
   * meanwhile come into force. A clock that is corrected by up to a minute opens no old window again; a window that
   * lies further ahead was opened by a clock that was wrong or a test's own, and is not the current one.
   */
  roll(now: number): void {
    if (now < this.start + this.length && now >= this.start - STEP_BACK) return;
    this.open(now);
  }

  /** After a test clock was set back on purpose: start afresh at the earlier time. */
  reopen(now: number): void {
    if (now < this.start) this.open(now);
  }

  private open(now: number): void {
    this.start = Math.floor(now / this.length) * this.length;
    this.requests = 0;
    this.input = 0;
    this.output = 0;
    this.inForce = this.next;
  }

  /** The new limits count from the next window on; the one that is running keeps its own. */
  change(limits: WindowLimits, now: number): void {
    this.roll(now);
    this.next = limits;
  }

  get limits(): WindowLimits {
    return this.inForce;
  }

  get requestCount(): number {
    return this.requests;
  }

  get tokenCount(): number {
    const { tokenType } = this.inForce;
    if (tokenType === "total") return this.input + this.output;
    return tokenType === "input" ? this.input : this.output;
  }

  /** When the counters of the running window go back to zero. */
  get freesAt(): number {
    return this.start + this.length;
  }

  /** What of a run's cost the token limit counts before its output is known. */
  knownCost(inputTokens: number): number {
    return this.inForce.tokenType === "output" ? 0 : inputTokens;
  }

  hasRoomForRequest(): boolean {
    const limit = this.inForce.requests;
    return limit === null || this.requests < limit;
  }

  /** A used-up counter has no room, not even for a run whose known cost is nothing. */
  hasRoomForTokens(inputTokens: number): boolean {
    const limit = this.inForce.tokens;
    if (limit === null) return true;
    const used = this.tokenCount;
    return used < limit && used + this.knownCost(inputTokens) <= limit;
  }

  /** Sets the counters of the window that is running: an account may start with use. */
  fill(requests: number, tokens: number): void {
    const isOutput = this.inForce.tokenType === "output";
    this.requests = requests;
    this.input = isOutput ? 0 : tokens;
    this.output = isOutput ? tokens : 0;
  }

  countRequest(inputTokens: number): void {
    this.requests += 1;
    this.input += inputTokens;
  }

  countOutput(outputTokens: number): void {
    this.output += outputTokens;
  }

  save(): WindowState {
    const { start, requests, input, output, inForce, next } = this;
    return { start: Number.isFinite(start) ? start : 0, requests, input, output, inForce, next };
  }

  static load(length: number, state: WindowState): Window {
    const window = new Window(length, state.inForce);
    window.start = state.start;
    window.requests = state.requests;
    window.input = state.input;
    window.output = state.output;
    window.next = state.next;
    return window;
  }
}
