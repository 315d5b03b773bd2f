#!/usr/bin/env node
import { HELP, parseCliOptions } from "./command/cli-options.js";
import { runAgainst } from "./command/exec.js";
import { Output } from "./command/output.js";
import { reachableAddresses } from "./command/reachable-addresses.js";
import { startEmulator } from "./emulator.js";
import { ApiError, EmulatorError } from "./errors.js";

const out = new Output(process.stdout);
const err = new Output(process.stderr);

async function main(): Promise<void> {
  const { help, quiet, adminKeyGiven, command, options } = parseCliOptions(
    process.argv.slice(2),
    process.env,
  );
  if (help) return out.line(HELP.trimEnd());
  const print = (line: string) => (command === undefined ? out : err).line(line);
  const emulator = await startEmulator({ ...options, ...(quiet ? {} : { log: print }) });
  const others = reachableAddresses(options.host, emulator.url);
  if (others.length > 0) {
    err.line(
      `aixplain emulator: warning: --host ${options.host} accepts connections from other machines over plain HTTP: at ${others.join(", ")}`,
    );
  }
  if (command !== undefined) {
    try {
      process.exitCode = await runAgainst(emulator, command, (line) => err.line(line));
    } finally {
      await emulator.close();
    }
    return;
  }
  const stop = (): void => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    emulator.close().catch(fail);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  for (const { name, accessKey } of emulator.seeded) print(`key ${JSON.stringify(name)}: ${accessKey}`);
  // Last: a reader may stop the emulator after this line.
  if (!adminKeyGiven) print(`admin key: ${emulator.adminKey}`);
  print(`aixplain emulator listening on ${emulator.url}`);
}

function fail(error: unknown): void {
  const isKnown = error instanceof EmulatorError || error instanceof RangeError || error instanceof ApiError;
  const text = isKnown ? error.message : error instanceof Error ? error.stack : String(error);
  err.line(`aixplain emulator: ${text}`);
  process.exitCode = 1;
}

main().catch(fail);
