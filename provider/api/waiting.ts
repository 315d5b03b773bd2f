import { inUnits } from "./retry";

/** Shorter waits are not reported, in milliseconds. */
const SILENT_MS = 10_000;

/** The minimum interval between reports, in milliseconds. */
const EVERY_MS = 60_000;

export interface Wait {
  /** The additional wait of all calls, in milliseconds. */
  readonly ms: number;
  /** The platform's `Retry-After` in milliseconds, if it sent one. */
  readonly askedMs: number | undefined;
  /** When the refused call gives up, in milliseconds from now. */
  readonly leftMs: number;
}

/** Reports that the run waits for the account's rate limit: after ten seconds in total, then at most once a minute. */
export class Waiting {
  private waitedMs = 0;
  private reportedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly report: (line: string) => void,
    private readonly now: () => number,
    /** How somebody ends a wait: an imperative without a full stop. */
    private readonly endedBy = "press Ctrl-C twice",
  ) {}

  add({ ms, askedMs, leftMs }: Wait): void {
    if (ms <= 0) return;
    const before = this.waitedMs;
    this.waitedMs += ms;
    const now = this.now();
    if (this.waitedMs < SILENT_MS || now - this.reportedAt < EVERY_MS) return;
    this.reportedAt = now;
    this.report(
      `Waiting for the account's rate limit for management calls: ${inUnits(before)} so far, now ${inUnits(ms)} more` +
        `${askedMs ? ", as the platform requests" : ""}. It may continue for ${inUnits(Math.max(ms, leftMs))}; after that the call fails. ` +
        `To stop waiting, ${this.endedBy}. To wait less, ask the platform for a higher limit.`,
    );
  }
}
