import { join, relative } from "node:path";
import { createProgress, type Progress } from "../tools/pulumi-cli/progress";
import { benchDoors } from "./doors/index";
import { benchEmulator } from "./emulator/index";
import { BenchError } from "./errors";
import { type BenchOptions, HELP, isFull, type Part, parseOptions } from "./options";
import { writePlot } from "./report/plot";
import { circumstances, type Results, report, writeResults } from "./report/results";
import { benchScale } from "./scale/index";

const ROOT = join(__dirname, "..");

async function measure(part: Part, options: BenchOptions, progress: Progress): Promise<Results> {
  const measured = circumstances();
  if (part === "scale") return { scale: { measured, ...(await benchScale(options, progress)) } };
  if (part === "doors") return { doors: { measured, ...(await benchDoors(options, progress)) } };
  return { emulator: { measured, ...(await benchEmulator(options, progress)) } };
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(HELP);
  const progress = createProgress();
  const full = isFull(options);
  const directory = join(ROOT, "reports", full ? "bench" : "bench-short");
  const plot = full ? join(ROOT, "docs", "scale.svg") : join(directory, "scale.svg");
  for (const part of options.parts) {
    const now = await measure(part, options, progress);
    // Written at once, because the next part may fail.
    writeResults(directory, now);
    if (now.scale) writePlot(plot, now.scale);
    process.stdout.write(`\n${report(now)}\n`);
  }
  process.stdout.write(`Written: ${relative(ROOT, directory)}/latest.json and latest.md\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `bench: ${error instanceof BenchError ? error.message : String((error as Error).stack)}\n`,
  );
  process.exitCode = 1;
});
