import { inUnits } from "./retry";

/** Waits below this need no words, in milliseconds. */
const SILENT_MS = 10_000;

/** How often it is said again, at most, in milliseconds. */
const EVERY_MS = 60_000;

/** One more wait for the account's rate limit. */
export interface Wait {
  /** By how much all calls wait longer, in milliseconds. */
  readonly ms: number;
  /** What the platform asked for, in milliseconds; `undefined` where it left the length to us. */
  readonly askedMs: number | undefined;
  /** After how long the refused call gives up, from now, in milliseconds. */
  readonly leftMs: number;
}

/**
 * Tells the person at the terminal that the run waits for the account's rate limit: from the wait on that makes it more
 * than ten seconds in all, and then once a minute at most.
 */
export class Waiting {
  private waitedMs = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly report: (line: string) => void,
    private readonly now: () => number,
  ) {}

  add({ ms, askedMs, leftMs }: Wait): void {
    if (ms <= 0) return;
    const before = this.waitedMs;
    this.waitedMs += ms;
    const now = this.now();
    if (this.waitedMs < SILENT_MS || now - this.toldAt < EVERY_MS) return;
    this.toldAt = now;
    this.report(
      `Waiting for the account's rate limit for management calls: ${inUnits(before)} so far, now ${inUnits(ms)} more` +
        `${askedMs ? ", as the platform asks" : ""}. It may go on for ${inUnits(Math.max(ms, leftMs))}; after that the call fails. ` +
        "To stop waiting, press Ctrl-C twice. To wait less, ask the platform for a higher limit.",
    );
  }
}
