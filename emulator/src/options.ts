import { randomBytes } from "node:crypto";
import { isAccessKey } from "./account/api-key.js";
import { ASSUMPTIONS, type Assumptions, assumed } from "./account/assumptions.js";
import { type Clock, systemClock } from "./account/clock.js";
import type { Seed } from "./controls/seed.js";
import { type CatalogueModel, defaultCatalogue } from "./runs/catalogue.js";

/** How an emulator is started. Everything has a default that fits a test. */
export interface EmulatorOptions extends Partial<Assumptions> {
  /** 0, the default, picks a free port. */
  port?: number;
  /** Loopback unless told otherwise. */
  host?: string;
  /** The account's admin key; without it the kept one, or a new one. At least 12 characters, so that its mask hides something. */
  adminKey?: string;
  /** Where to keep keys and counters across restarts; without it they live in memory. */
  data?: string;
  /** Serves the controls over HTTP, too, under `/_emulator/`, to the admin key. */
  controls?: boolean;
  /** Lets every write wait for the disk, so that it outlives a loss of power; any end of the process it always does. */
  durable?: boolean;
  clock?: Clock;
  /** Makes the ids of keys and of asynchronous runs. */
  ids?: () => string;
  /** Random bytes, from which access keys and, without `ids`, ids are made. */
  random?: (bytes: number) => Uint8Array;
  /** How many keys the account may hold, the admin's own not counted. 10,000 unless told otherwise. */
  maxKeys?: number;
  /** Added to every answer of the management API. */
  latencyMs?: number;
  /** More management calls than this in one second of real time are answered with 429. */
  managementRateLimit?: { perSecond: number };
  /** How long an asynchronous run takes, by the emulator's clock. 0 unless told otherwise: done at the first poll. */
  asyncRunMs?: number;
  /** Gets one line per request, without secrets. */
  log?: (line: string) => void;
  /** Keys to start with. One whose name is taken already, by a key that was kept, stays as it is. */
  seed?: Seed;
  /** The models that there are. Given, it is closed: no other id can be run or limited. */
  catalogue?: readonly CatalogueModel[];
  /** Whether every well-formed id (24 hexadecimal digits) is a model. True unless `catalogue` is given. */
  openCatalogue?: boolean;
  /** Bodies above this many bytes are answered with 413. 1 MiB unless told otherwise. */
  bodyLimit?: number;
  /** How long a request may take to arrive. 30 seconds unless told otherwise. */
  requestTimeoutMs?: number;
  /** Checks every answer against its own schema and answers 500 on a mismatch: for the emulator's own tests. */
  checkAnswers?: boolean;
}

type Open = "adminKey" | "data" | "log" | "managementRateLimit" | "seed";
export type Settings = Required<Omit<EmulatorOptions, Open>> & Pick<EmulatorOptions, Open>;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export function withDefaults(options: EmulatorOptions): Settings {
  const random = options.random ?? randomBytes;
  const settings: Settings = {
    port: 0,
    host: "127.0.0.1",
    controls: false,
    durable: false,
    clock: systemClock,
    ids: () => hex(random(12)),
    random,
    maxKeys: 10_000,
    latencyMs: 0,
    asyncRunMs: 0,
    ...assumed,
    catalogue: defaultCatalogue,
    openCatalogue: options.catalogue === undefined,
    bodyLimit: 1_048_576,
    requestTimeoutMs: 30_000,
    checkAnswers: false,
    ...definedOf(options),
  };
  check(settings);
  return settings;
}

/** The longest wait that a timer of Node.js can be set to. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

function check(settings: Settings): void {
  const { adminKey, durable, data, managementRateLimit, host } = settings;
  const whole = {
    port: 65_535,
    maxKeys: 1_000_000,
    latencyMs: LONGEST_WAIT_MS,
    asyncRunMs: 86_400_000,
  } as const;
  const problems = (Object.keys(whole) as (keyof typeof whole)[])
    .filter((name) => !isWhole(settings[name], 0, whole[name]))
    .map((name) => `${name} must be a whole number from 0 to ${whole[name]}, not ${String(settings[name])}`);
  for (const name of ["bodyLimit", "requestTimeoutMs"] as const) {
    if (!isWhole(settings[name], 1, LONGEST_WAIT_MS)) {
      problems.push(`${name} must be a whole number from 1 on, not ${String(settings[name])}`);
    }
  }
  if (adminKey !== undefined && !isAccessKey(adminKey)) {
    problems.push(
      "the admin key must have at least 12 characters, all of them printable ASCII, and no spaces",
    );
  }
  if (host.trim() === "") problems.push("host must not be empty");
  if (data === "") problems.push("data must be the path of a directory");
  if (durable && data === undefined)
    problems.push("durable needs data: the directory in which they are kept");
  for (const [name, values] of Object.entries(ASSUMPTIONS)) {
    const value = settings[name as keyof Assumptions];
    if (!(values as readonly string[]).includes(value)) {
      problems.push(
        `${name} must be ${values.map((each) => JSON.stringify(each)).join(" or ")}, not ${value}`,
      );
    }
  }
  if (managementRateLimit !== undefined && !isWhole(managementRateLimit.perSecond, 1, 1_000_000)) {
    problems.push("managementRateLimit.perSecond must be a whole number from 1 on");
  }
  if (problems.length > 0) throw new RangeError(problems.join("; "));
}

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

const definedOf = (options: EmulatorOptions): EmulatorOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
