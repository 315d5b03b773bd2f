import { join, relative } from "node:path";
import { createProgress } from "../tools/pulumi-cli/progress";
import { benchEmulator } from "./emulator/index";
import { BenchError } from "./errors";
import { HELP, isFull, parseOptions } from "./options";
import { writePlot } from "./report/plot";
import { circumstances, type Results, report, writeResults } from "./report/results";
import { benchScale } from "./scale/index";

const ROOT = join(__dirname, "..");

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(HELP);
  const progress = createProgress();
  const measured = circumstances();
  const wants = (part: "scale" | "emulator"): boolean => options.parts.includes(part);
  const now: Results = {
    ...(wants("emulator") ? { emulator: { measured, ...(await benchEmulator(options, progress)) } } : {}),
    ...(wants("scale") ? { scale: { measured, ...(await benchScale(options, progress)) } } : {}),
  };
  const full = isFull(options);
  const directory = full ? join(ROOT, "bench", "results") : join(ROOT, "reports", "bench");
  const { scale } = writeResults(directory, now);
  const plot = full ? join(ROOT, "docs", "scale.svg") : join(directory, "scale.svg");
  if (scale) writePlot(plot, scale);
  process.stdout.write(`\n${report(now)}\nWritten: ${relative(ROOT, directory)}/latest.json and latest.md\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `bench: ${error instanceof BenchError ? error.message : String((error as Error).stack)}\n`,
  );
  process.exitCode = 1;
});
