import type { Limits, TokenType } from "./limits.js";

export const MINUTE = 60_000;
/** UTC days have a constant length: no daylight saving, no leap seconds in the epoch. */
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

/** A correction of the clock by up to this much reopens no old window. */
const STEP_BACK = MINUTE;

const UNLIMITED: WindowLimits = { requests: null, tokens: null, tokenType: "total" };

export const minuteLimits = (limits: Limits | null): WindowLimits =>
  limits ? { requests: limits.rpm, tokens: limits.tpm, tokenType: limits.tokenType ?? "total" } : UNLIMITED;

export const dayLimits = (limits: Limits | null): WindowLimits =>
  limits ? { requests: limits.rpd, tokens: limits.tpd, tokenType: limits.tokenType ?? "total" } : UNLIMITED;

/** The counters and limits of one scope in one window, aligned to the UTC minute or day. */
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
   * Opens the window of `now` if it is another one: resets the counters and applies changed limits. A window that lies
   * further ahead than a clock correction was opened by a wrong clock or a test clock, and is not the current one.
   */
  roll(now: number): void {
    if (now < this.start + this.length && now >= this.start - STEP_BACK) return;
    this.open(now);
  }

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

  get freesAt(): number {
    return this.start + this.length;
  }

  /** The part of the cost that the token limit counts before the output is known. */
  knownCost(inputTokens: number): number {
    return this.inForce.tokenType === "output" ? 0 : inputTokens;
  }

  hasRoomForRequest(): boolean {
    const limit = this.inForce.requests;
    return limit === null || this.requests < limit;
  }

  /** A used-up counter refuses even a run without known cost. */
  hasRoomForTokens(inputTokens: number): boolean {
    const limit = this.inForce.tokens;
    if (limit === null) return true;
    const used = this.tokenCount;
    return used < limit && used + this.knownCost(inputTokens) <= limit;
  }

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
