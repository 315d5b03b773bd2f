/** Limits concurrent calls, and holds all of them after a 429: the rate limit belongs to the account. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private pausedUntil = 0;
  private pausedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly width: number,
    private readonly now: () => number,
    private readonly sleep: (ms: number) => Promise<void>,
  ) {}

  /**
   * Starts no call within the next `ms` milliseconds. `refusal` says when the refused call began and how long the
   * platform asked to wait. Of calls that were refused together only one chooses the wait: the longest jitter of all
   * would leave quota unused.
   * @returns the additional wait in milliseconds
   */
  pause(ms: number, refusal?: { readonly begunAt: number; readonly askedMs: number }): number {
    const together = refusal !== undefined && refusal.begunAt <= this.pausedAt;
    const now = this.now();
    const before = Math.max(this.pausedUntil, now);
    this.pausedUntil = Math.max(before, now + (together ? refusal.askedMs : ms));
    if (!together) this.pausedAt = now;
    return this.pausedUntil - before;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      for (let rest = this.pausedUntil - this.now(); rest > 0; rest = this.pausedUntil - this.now())
        await this.sleep(rest);
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
  }

  /** Hands its place to the next call in line, so that no new call overtakes it. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
