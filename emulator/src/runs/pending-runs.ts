import type { RunAnswer } from "./run.js";

export interface PendingRun {
  keyId: string;
  endsAt: number;
  answer: RunAnswer;
}

export class PendingRuns {
  private readonly runs = new Map<string, PendingRun>();

  constructor(private readonly capacity = 10_000) {}

  add(id: string, run: PendingRun): void {
    this.runs.set(id, run);
    if (this.runs.size > this.capacity) {
      for (const oldest of this.runs.keys()) {
        this.runs.delete(oldest);
        break;
      }
    }
  }

  find(id: string): PendingRun | undefined {
    return this.runs.get(id);
  }

  clear(): void {
    this.runs.clear();
  }
}
