const LINE = /^(\w+) \S+ (\d+) /;

export interface CallCounts {
  /** Answered calls by method. */
  readonly answered: Readonly<Record<string, number>>;
  /** Calls answered with 429. */
  readonly refused: number;
}

/** Counts the lines of the emulator's log. Its list of requests is too short for ten thousand keys. */
export class CallTally {
  private answered = new Map<string, number>();
  private refused = 0;

  add(line: string): void {
    const [, method = "unreadable", status] = LINE.exec(line) ?? [];
    if (status === "429") this.refused += 1;
    else this.answered.set(method, (this.answered.get(method) ?? 0) + 1);
  }

  /** The counts since the last call. */
  take(): CallCounts {
    const counts = { answered: Object.fromEntries(this.answered), refused: this.refused };
    this.answered = new Map();
    this.refused = 0;
    return counts;
  }
}
