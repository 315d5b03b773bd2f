import { setImmediate as turn } from "node:timers/promises";

/** A clock that stands still until it is let run, and then jumps from one end of a wait to the next. */
export class VirtualTime {
  private time: number;
  private readonly waits: { readonly until: number; readonly end: () => void }[] = [];
  readonly asked: number[] = [];

  constructor(start = 0) {
    this.time = start;
  }

  readonly now = (): number => this.time;

  readonly sleep = (ms: number): Promise<void> => {
    this.asked.push(ms);
    return new Promise((end) => this.waits.push({ until: this.time + ms, end }));
  };

  async run(): Promise<void> {
    for (;;) {
      await turn();
      this.waits.sort((a, b) => a.until - b.until);
      const next = this.waits.shift();
      if (!next) return;
      this.time = Math.max(this.time, next.until);
      next.end();
    }
  }

  async during<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await this.run();
    const outcome = await settled;
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }
}
