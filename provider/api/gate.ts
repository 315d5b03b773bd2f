/**
 * Lets a bounded number of calls through at a time, and holds all of them while the platform asks for a pause: a 429
 * speaks to the account and not to one resource, so one answer paces everybody.
 */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private pausedUntil = 0;

  constructor(
    private readonly width: number,
    private readonly now: () => number,
    private readonly sleep: (ms: number) => Promise<void>,
  ) {}

  /** No call starts before `ms` milliseconds from now. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + ms);
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
