import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ASSUMPTIONS, type Assumptions } from "../account/assumptions.js";
import { type Seed, seedSchema } from "../controls/seed.js";
import { EmulatorError } from "../errors.js";
import type { EmulatorOptions } from "../options.js";
import { catalogueFile } from "../runs/catalogue-file.js";
import { readJsonFile } from "./json-file.js";

export const HELP = `aixplain-emulator: an aiXplain-compatible server that enforces key limits

  aixplain-emulator [flags]
  aixplain-emulator exec [flags] -- COMMAND [ARGUMENTS]
      start, set the environment for the SDK and the Pulumi provider, run the command, stop,
      exit with its status

  --port NUMBER          port to listen on; 0 picks a free one (default: 8787; with exec: 0)
  --host ADDRESS         address to bind to (default: 127.0.0.1)
  --admin-key KEY        the account's admin key (default: AIXPLAIN_EMULATOR_ADMIN_KEY, else a new one is printed)
  --data PATH            keep keys and counters in this directory across restarts (default: memory)
  --durable              with --data: wait for the disk on every write, to survive a loss of power
  --seed FILE            initial keys in JSON: limits, usage so far, expiry
  --catalogue FILE       the available models in JSON (default: any well-formed id)
  --controls             serve the test controls and the page under /_emulator/ to the admin key
  --max-keys NUMBER      maximum number of member keys in the account (default: 10000)
  --async-run-ms NUMBER  duration of an asynchronous run (default: 0)
  --latency-ms NUMBER    delay of every answer of the management API (default: 0)
  --quiet                do not print a line per request
  --help                 show this text

Undocumented behaviour of the service, with the assumed value first:
  --zero-means           nothing | unlimited: a limit of 0
  --absent-fields        keep | clear: a field that is missing in an update
  --absent-limits        clear | keep: a limit that is missing in the limits of an update
  --admin-key-in-list    updatable | protected | hidden: the admin key
`;

const ASSUMPTION_FLAGS: { readonly [Name in keyof Assumptions]: string } = {
  zeroMeans: "zero-means",
  absentFields: "absent-fields",
  absentLimits: "absent-limits",
  adminKeyInList: "admin-key-in-list",
};

export interface CliOptions {
  help: boolean;
  quiet: boolean;
  adminKeyGiven: boolean;
  command: readonly string[] | undefined;
  options: EmulatorOptions;
}

/** @throws `EmulatorError` in one line for an unknown flag or an invalid value */
export function parseCliOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CliOptions {
  const { flags, command } = split(argv);
  const values = parse(flags);
  const adminKey = values["admin-key"] ?? (env.AIXPLAIN_EMULATOR_ADMIN_KEY || undefined);
  if (values.data === "") throw new EmulatorError("--data requires a path");
  if (values.durable && values.data === undefined) throw new EmulatorError("--durable requires --data PATH");
  const number = (
    name: "port" | "max-keys" | "async-run-ms" | "latency-ms",
    most: number,
  ): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (!/^\d+$/.test(text) || Number(text) > most) {
      throw new EmulatorError(
        `--${name} requires a whole number from 0 to ${most}, not ${JSON.stringify(text)}`,
      );
    }
    return Number(text);
  };
  const options = {
    port: number("port", 65_535) ?? (command === undefined ? 8787 : 0),
    host: values.host,
    adminKey,
    data: values.data,
    controls: values.controls,
    durable: values.durable,
    maxKeys: number("max-keys", 1_000_000),
    asyncRunMs: number("async-run-ms", 86_400_000),
    latencyMs: number("latency-ms", 600_000),
    catalogue:
      values.catalogue === undefined
        ? undefined
        : readJsonFile("--catalogue", values.catalogue, catalogueFile),
    seed: values.seed === undefined ? undefined : readSeed(values.seed),
    ...assumptions(values),
  };
  return {
    help: values.help ?? false,
    quiet: values.quiet ?? command !== undefined,
    adminKeyGiven: adminKey !== undefined,
    command,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}

/** Unparsed: the emulator validates it again. */
function readSeed(path: string): Seed {
  readJsonFile("--seed", path, seedSchema);
  return JSON.parse(readFileSync(path, "utf8")) as Seed;
}

function assumptions(values: Record<string, string | boolean | undefined>): Partial<Assumptions> {
  const given = (Object.keys(ASSUMPTIONS) as (keyof Assumptions)[]).map((name) => {
    const flag = ASSUMPTION_FLAGS[name];
    const value = values[flag];
    const allowed: readonly string[] = ASSUMPTIONS[name];
    if (value !== undefined && !allowed.includes(String(value))) {
      throw new EmulatorError(`--${flag} requires ${allowed.join(" or ")}, not ${JSON.stringify(value)}`);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function split(argv: readonly string[]): {
  flags: readonly string[];
  command: readonly string[] | undefined;
} {
  if (argv[0] !== "exec") return { flags: argv, command: undefined };
  const end = argv.indexOf("--");
  const flags = argv.slice(1, end < 0 ? undefined : end);
  if (flags.includes("--help")) return { flags, command: undefined };
  const command = end < 0 ? [] : argv.slice(end + 1);
  if (command.length === 0)
    throw new EmulatorError("exec requires a command: exec [flags] -- COMMAND [ARGUMENTS]");
  return { flags, command };
}

const text = { type: "string" } as const;
const yes = { type: "boolean" } as const;

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: text,
        host: text,
        "admin-key": text,
        data: text,
        seed: text,
        catalogue: text,
        controls: yes,
        durable: yes,
        "max-keys": text,
        "async-run-ms": text,
        "latency-ms": text,
        "zero-means": text,
        "absent-fields": text,
        "absent-limits": text,
        "admin-key-in-list": text,
        quiet: yes,
        help: yes,
      },
    }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EmulatorError(`${why.replaceAll("\n", " ")} (see --help)`, { cause: error });
  }
}
