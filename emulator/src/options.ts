import { randomBytes } from "node:crypto";
import { isAccessKey } from "./account/api-key.js";
import { ASSUMPTIONS, type Assumptions, assumed } from "./account/assumptions.js";
import { type Clock, systemClock } from "./account/clock.js";
import type { Seed } from "./controls/seed.js";
import { type CatalogueModel, defaultCatalogue } from "./runs/catalogue.js";

export interface EmulatorOptions extends Partial<Assumptions> {
  /** Default: 0, a free port. */
  port?: number;
  /** Default: loopback. */
  host?: string;
  /** The admin key, at least 12 characters. Default: the stored one, else a new one. */
  adminKey?: string;
  /** The directory for keys and counters. Default: in memory. */
  data?: string;
  /** Serves the controls under `/_emulator/`, for the admin key. */
  controls?: boolean;
  /** Waits for the disk on every write, to survive a loss of power. A killed process loses nothing either way. */
  durable?: boolean;
  clock?: Clock;
  ids?: () => string;
  /** Random bytes for access keys and default ids. */
  random?: (bytes: number) => Uint8Array;
  /** Not counting the admin key. Default: 10,000. */
  maxKeys?: number;
  /** Added to every answer of the management API. */
  latencyMs?: number;
  /** Answers management calls above this rate with 429, in real time. */
  managementRateLimit?: { perSecond: number };
  /** The duration of an asynchronous run by the emulator's clock. Default: 0. */
  asyncRunMs?: number;
  /** Receives one line per request, without secrets. */
  log?: (line: string) => void;
  /** Initial keys. A name that exists already is skipped. */
  seed?: Seed;
  /** The models. If given, no other model exists. */
  catalogue?: readonly CatalogueModel[];
  /** Whether every well-formed id (24 hexadecimal digits) is a model. Default: true without `catalogue`. */
  openCatalogue?: boolean;
  /** Larger bodies are answered with 413. Default: 1 MiB. */
  bodyLimit?: number;
  /** How long a request may take to arrive. Default: 30 seconds. */
  requestTimeoutMs?: number;
  /** Checks every answer against its schema, for the emulator's own tests. */
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
    problems.push("durable requires data: the directory for keys and counters");
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
