export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export type Instant = string | number | Date;

/** Years with four digits. */
export const EARLIEST = Date.parse("0000-01-01T00:00:00.000Z");
export const LATEST = Date.parse("9999-12-31T23:59:59.999Z");
/** A day less, so that the end of the day can still be written. */
const LATEST_CLOCK = LATEST - 86_400_000;

export function toMillis(when: Instant): number {
  const millis = when instanceof Date ? when.getTime() : typeof when === "number" ? when : Date.parse(when);
  if (!Number.isFinite(millis)) throw new RangeError(`not an instant: ${String(when)}`);
  return millis;
}

function toClock(millis: number): number {
  if (millis >= 0 && millis <= LATEST_CLOCK) return millis;
  throw new RangeError("a clock shows an instant from 1970-01-01 to 9999-12-30");
}

/** Follows another clock. `set` stops it at an instant, `advance` moves it, `release` lets it follow again. */
export class AdjustableClock implements Clock {
  private frozen: number | undefined;
  private offset = 0;

  constructor(private readonly base: Clock) {}

  /** Whether it shows the real time. */
  get isReal(): boolean {
    return this.base === systemClock && this.frozen === undefined && this.offset === 0;
  }

  get isStopped(): boolean {
    return this.frozen !== undefined;
  }

  now(): number {
    return this.frozen ?? this.base.now() + this.offset;
  }

  set(when: Instant): void {
    this.frozen = toClock(toMillis(when));
  }

  advance(millis: number): void {
    if (!Number.isFinite(millis)) throw new RangeError(`not a number of milliseconds: ${millis}`);
    const now = toClock(this.now() + millis);
    if (this.frozen === undefined) this.offset += millis;
    else this.frozen = now;
  }

  release(): void {
    this.frozen = undefined;
    this.offset = 0;
  }
}
