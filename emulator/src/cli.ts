#!/usr/bin/env node
import { HELP, parseCliOptions } from "./command/cli-options.js";
import { Output } from "./command/output.js";
import { reachableAddresses } from "./command/reachable-addresses.js";
import { startEmulator } from "./emulator.js";
import { ApiError, EmulatorError } from "./errors.js";

const out = new Output(process.stdout);
const err = new Output(process.stderr);

async function main(): Promise<void> {
  const { help, quiet, adminKeyGiven, options } = parseCliOptions(process.argv.slice(2), process.env);
  if (help) return out.line(HELP.trimEnd());
  const emulator = await startEmulator({ ...options, ...(quiet ? {} : { log: (line) => out.line(line) }) });
  const stop = (): void => {
    process.off("SIGINT", stop).off("SIGTERM", stop);
    emulator.close().catch(fail);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  const others = reachableAddresses(options.host, emulator.url);
  if (others.length > 0) {
    err.line(
      `aixplain emulator: warning: --host ${options.host} lets other machines in, over plain HTTP: at ${others.join(", ")}`,
    );
  }
  // Last of all: whoever reads this line may stop it the next moment.
  if (!adminKeyGiven) out.line(`admin key: ${emulator.adminKey}`);
  out.line(`aixplain emulator listening on ${emulator.url}`);
}

function fail(error: unknown): void {
  const isKnown = error instanceof EmulatorError || error instanceof RangeError || error instanceof ApiError;
  const text = isKnown ? error.message : error instanceof Error ? error.stack : String(error);
  err.line(`aixplain emulator: ${text}`);
  process.exitCode = 1;
}

main().catch(fail);
