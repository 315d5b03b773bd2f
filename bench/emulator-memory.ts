import { spawnSync } from "node:child_process";
import autocannon from "autocannon";
import { EmulatorProcess } from "./emulator-process";
import { BenchError } from "./errors";

/**
 * `npm run bench:memory`: the emulator's memory before and after many runs, refusals and long URLs. Takes two minutes.
 */
const MODEL = "6661df926d36df3b878e0697";
const RUNS = 200_000;
const REFUSALS = 500_000;
const LONG_PATHS = 50_000;
const LONG = "y/".repeat(3_500);
const MOST_GROWTH_MB = 200;

function megabytes(pid: number): number {
  const { stdout } = spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return Math.round(Number(stdout) / 1024);
}

async function send(options: autocannon.Options, status: number): Promise<void> {
  const result = await autocannon({ connections: 32, ...options });
  const wanted = result.statusCodeStats?.[String(status) as keyof typeof result.statusCodeStats]?.count ?? 0;
  if (Number(wanted) !== options.amount) {
    throw new BenchError(`${wanted} of ${options.amount} calls were answered with ${status}`);
  }
}

async function main(): Promise<void> {
  const emulator = await EmulatorProcess.start();
  try {
    const make = async (name: string, globalLimits: object): Promise<string> => {
      const answer = await fetch(`${emulator.url}/sdk/api-keys`, {
        method: "POST",
        headers: { "x-api-key": emulator.adminKey, "content-type": "application/json" },
        body: JSON.stringify({ name, globalLimits }),
      });
      return ((await answer.json()) as { accessKey: string }).accessKey;
    };
    const run = async (accessKey: string, amount: number, status: number): Promise<void> =>
      send(
        {
          url: `${emulator.syncRunUrl}/${MODEL}`,
          method: "POST",
          headers: { "x-api-key": accessKey, "content-type": "application/json" },
          body: JSON.stringify({ data: "What limits does this key have?" }),
          amount,
        },
        status,
      );
    const print = (what: string): void => {
      process.stdout.write(`${what.padEnd(28)} ${String(megabytes(emulator.pid)).padStart(5)} MB\n`);
    };
    const open = await make("open", { rpm: null });
    const shut = await make("shut", { rpm: 0 });
    await run(open, 1_000, 200);
    const before = megabytes(emulator.pid);
    print("before");
    await run(open, RUNS, 200);
    print(`after ${RUNS} runs`);
    await run(shut, REFUSALS, 429);
    print(`after ${REFUSALS} refusals`);
    await send({ url: `${emulator.url}/sdk/${LONG}`, amount: LONG_PATHS }, 501);
    print(`after ${LONG_PATHS} long paths`);
    const growth = megabytes(emulator.pid) - before;
    if (growth > MOST_GROWTH_MB) throw new BenchError(`it grew by ${growth} MB, more than ${MOST_GROWTH_MB}`);
  } finally {
    await emulator.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `bench: ${error instanceof BenchError ? error.message : String((error as Error).stack)}\n`,
  );
  process.exitCode = 1;
});
