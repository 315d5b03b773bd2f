/** Where the emulator takes its time from, in milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A point in time as tests like to write it: an ISO string, a `Date`, or milliseconds since the epoch. */
export type Instant = string | number | Date;

export function toMillis(when: Instant): number {
  const millis = when instanceof Date ? when.getTime() : typeof when === "number" ? when : Date.parse(when);
  if (!Number.isFinite(millis)) throw new RangeError(`not an instant: ${String(when)}`);
  return millis;
}

/**
 * A clock that follows another one until it is told otherwise: `set` stops it at an instant, `advance` moves
 * it on (and leaves a running clock running), `release` lets it follow its base again.
 */
export class AdjustableClock implements Clock {
  private frozen: number | undefined;
  private offset = 0;

  constructor(private readonly base: Clock) {}

  now(): number {
    return this.frozen ?? this.base.now() + this.offset;
  }

  set(when: Instant): void {
    this.frozen = toMillis(when);
  }

  advance(millis: number): void {
    if (!Number.isFinite(millis)) throw new RangeError(`not a number of milliseconds: ${millis}`);
    if (this.frozen === undefined) this.offset += millis;
    else this.frozen += millis;
  }

  release(): void {
    this.frozen = undefined;
    this.offset = 0;
  }
}
