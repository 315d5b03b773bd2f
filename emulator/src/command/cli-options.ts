import { parseArgs } from "node:util";
import { EmulatorError } from "../errors.js";
import type { EmulatorOptions } from "../options.js";

export const HELP = `aixplain-emulator: an aiXplain-compatible server that enforces key limits

  --port NUMBER          port to listen on; 0 picks a free one (default: 8787)
  --host ADDRESS         address to bind to (default: 127.0.0.1)
  --admin-key KEY        the account's admin key (default: AIXPLAIN_EMULATOR_ADMIN_KEY, else a new one is printed)
  --data PATH            keep keys and counters in this directory across restarts (default: memory)
  --durable              with --data: let every write wait for the disk, against a loss of power
  --controls             serve the test controls under /_emulator/ to the admin key
  --max-keys NUMBER      how many member keys the account may hold (default: 10000)
  --async-run-ms NUMBER  how long an asynchronous run takes (default: 0)
  --latency-ms NUMBER    added to every answer of the management API (default: 0)
  --quiet                no line per request
  --help                 this text
`;

export interface CliOptions {
  help: boolean;
  quiet: boolean;
  adminKeyGiven: boolean;
  options: EmulatorOptions;
}

/** @throws an `EmulatorError` in one line for an unknown flag or a value that does not fit */
export function parseCliOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CliOptions {
  const values = parse(argv);
  const adminKey = values["admin-key"] ?? (env.AIXPLAIN_EMULATOR_ADMIN_KEY || undefined);
  if (values.data === "") throw new EmulatorError("--data needs a path");
  if (values.durable && values.data === undefined) throw new EmulatorError("--durable needs --data PATH");
  const number = (
    name: "port" | "max-keys" | "async-run-ms" | "latency-ms",
    most: number,
  ): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text) || Number(text) > most) {
      throw new EmulatorError(
        `--${name} needs a whole number from 0 to ${most}, not ${JSON.stringify(text)}`,
      );
    }
    return Number(text);
  };
  const options = {
    port: number("port", 65_535) ?? 8787,
    host: values.host,
    adminKey,
    data: values.data,
    controls: values.controls,
    durable: values.durable,
    maxKeys: number("max-keys", 1_000_000),
    asyncRunMs: number("async-run-ms", 86_400_000),
    latencyMs: number("latency-ms", 600_000),
  };
  return {
    help: values.help ?? false,
    quiet: values.quiet ?? false,
    adminKeyGiven: adminKey !== undefined,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        "admin-key": { type: "string" },
        data: { type: "string" },
        controls: { type: "boolean" },
        durable: { type: "boolean" },
        "max-keys": { type: "string" },
        "async-run-ms": { type: "string" },
        "latency-ms": { type: "string" },
        quiet: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new EmulatorError(`${error instanceof Error ? error.message : String(error)} (see --help)`, {
      cause: error,
    });
  }
}
