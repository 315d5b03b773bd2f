import autocannon from "autocannon";
import { percentile } from "./statistics";

export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

/** A load generator that answers each load with its result. */
process.on("message", (load: Load) => {
  const times: number[] = [];
  const { seconds, ...rest } = load;
  const run = autocannon({ ...rest, method: "POST", duration: seconds }, (error: unknown, result) => {
    if (error) process.stderr.write(`${String(error)}\n`);
    process.send?.({
      // autocannon's histogram counts whole milliseconds.
      perSecond: times.length / result.duration,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      failed: result.non2xx + result.errors + result.timeouts,
    });
  });
  run.on("response", (_client, _status, _bytes, time) => times.push(time));
});

process.once("disconnect", () => process.exit(0));
