/**
 * Lets a bounded number of calls through at a time, and holds all of them while the platform asks for a pause: a 429
 * speaks to the account and not to one resource, so one answer paces everybody.
 */
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
   * No call starts before `ms` milliseconds from now. `refusal` says when the refused call began and how long the
   * platform asked to wait: calls that were under way together are refused together, and then one of them chooses the
   * wait. Were the longest of their jitters to count, an account's quota would lie idle for that long in every window.
   * @returns by how much everybody waits longer for it than before, in milliseconds
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

  /** A finished call hands its place to the next one in line, so nobody can slip in between. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
