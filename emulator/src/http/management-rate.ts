import type { Clock } from "../account/clock.js";
import { ApiError } from "../errors.js";

export class ManagementRate {
  private second = Number.NaN;
  private calls = 0;

  constructor(
    private readonly clock: Clock,
    private readonly perSecond: number | undefined,
  ) {}

  take(): void {
    if (this.perSecond === undefined) return;
    const second = Math.floor(this.clock.now() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.calls = 0;
    }
    this.calls += 1;
    if (this.calls > this.perSecond) {
      throw new ApiError(429, "Too many calls to the management API", {}, { "retry-after": "1" });
    }
  }
}
