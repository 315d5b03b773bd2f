import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { createProgress } from "../tools/pulumi-cli/progress";
import { NoGatewayError } from "../tools/shared-backend";
import { BenchError } from "./errors";
import { benchFleet } from "./fleet/index";
import type { FleetSetting } from "./fleet/measure";
import { fleetReport } from "./report/fleet";
import { circumstances, onWhat } from "./report/results";

const ROOT = join(__dirname, "..");

const HEAD =
  "# Bench of a fleet\n\nWritten by `npm run bench:fleet`. Quote its ratios and counts: the seconds belong to the machine.";

const HELP = `npm run bench:fleet -- [--stacks 10] [--keys 1000] [--runners 4] [--per-second 20]

Many stacks over one account, applied by several runners at once, with the state on an S3-compatible server; beside them
one stack alone. A full run takes about half an hour and writes reports/bench/fleet.md; any other writes
reports/bench-short/fleet.md.
`;

type Setting = Omit<FleetSetting, "checkpoints">;

const FULL: Setting = { stacks: 10, keysPerStack: 1000, runners: 4, perSecond: 20 };

function settingOf(argv: readonly string[]): Setting | undefined {
  const options = {
    stacks: { type: "string", default: String(FULL.stacks) },
    keys: { type: "string", default: String(FULL.keysPerStack) },
    runners: { type: "string", default: String(FULL.runners) },
    "per-second": { type: "string", default: String(FULL.perSecond) },
    help: { type: "boolean", default: false },
  } as const;
  const { values } = parseArgs({ args: [...argv], options });
  if (values.help) return undefined;
  const count = (name: "stacks" | "keys" | "runners" | "per-second"): number => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= 1) return number;
    throw new BenchError(`--${name} takes a whole number from 1 on, not ${values[name]}`);
  };
  return {
    stacks: count("stacks"),
    keysPerStack: count("keys"),
    runners: count("runners"),
    perSecond: count("per-second"),
  };
}

async function main(): Promise<void> {
  const setting = settingOf(process.argv.slice(2));
  if (setting === undefined) return void process.stdout.write(HELP);
  const measured = circumstances();
  const isFull = JSON.stringify(setting) === JSON.stringify(FULL);
  const directory = join(ROOT, "reports", isFull ? "bench" : "bench-short");
  mkdirSync(directory, { recursive: true });
  // Written after each part, because the next one may fail.
  for await (const result of benchFleet(setting, createProgress())) {
    const text = `${HEAD}\n\n${onWhat(measured)}, Pulumi ${result.pulumi}.\n\n${fleetReport(result)}\n`;
    writeFileSync(
      join(directory, "fleet.json"),
      `${JSON.stringify({ measured, ...result }, undefined, 1)}\n`,
    );
    writeFileSync(join(directory, "fleet.md"), text);
    process.stdout.write(`\n${text}\nWritten: ${relative(ROOT, directory)}/fleet.json and fleet.md\n`);
  }
}

main().catch((error: unknown) => {
  const known = error instanceof BenchError || error instanceof NoGatewayError || error instanceof TypeError;
  process.stderr.write(`bench: ${known ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
