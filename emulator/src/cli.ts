#!/usr/bin/env node
import { HELP, parseCliOptions } from "./command/cli-options.js";
import { startEmulator } from "./emulator.js";
import { EmulatorError } from "./errors.js";

async function main(): Promise<void> {
  const { help, quiet, adminKeyGiven, options } = parseCliOptions(process.argv.slice(2), process.env);
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (help) return print(HELP.trimEnd());
  const emulator = await startEmulator({ ...options, ...(quiet ? {} : { log: print }) });
  const stop = (): void => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    emulator.close().catch(fail);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  // Last of all: whoever reads this line may stop it the next moment.
  if (!adminKeyGiven) print(`admin key: ${emulator.adminKey}`);
  print(`aixplain emulator listening on ${emulator.url}`);
}

function fail(error: unknown): void {
  const text = error instanceof EmulatorError || error instanceof RangeError ? error.message : error;
  process.stderr.write(`aixplain emulator: ${text instanceof Error ? text.stack : String(text)}\n`);
  process.exitCode = 1;
}

main().catch(fail);
