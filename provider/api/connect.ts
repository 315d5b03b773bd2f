import { setTimeout as sleep } from "node:timers/promises";
import { Redactor } from "../core/secret";
import { ApiKeysApi } from "./api-keys";
import { Client } from "./client";
import { Gate } from "./gate";
import { axiosTransport, type Transport } from "./http";
import { ModelsApi } from "./models";

/** How many calls run at a time: enough to be quick, few enough not to trip an account's own rate limit at once. */
const CONCURRENT_CALLS = 16;

/** The real world, replaceable in tests. */
export interface World {
  readonly transport: Transport;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Tells the person at the terminal what is no error. Default: nobody. */
  readonly report: (line: string) => void;
  /** Takes a line for each exchange with the platform, without secrets. Default: nobody. */
  readonly trace: ((line: string) => void) | undefined;
}

/** The platform's API behind one set of settings. */
export interface Connection {
  readonly keys: ApiKeysApi;
  readonly models: ModelsApi;
  readonly redactor: Redactor;
  readonly now: () => number;
}

export function connect(
  settings: { readonly apiKey: string; readonly backendUrl: string; readonly timeoutMs?: number },
  world: Partial<World> = {},
): Connection {
  const { apiKey, backendUrl: baseUrl, timeoutMs } = settings;
  const now = world.now ?? Date.now;
  const wait = world.sleep ?? (async (ms) => void (await sleep(ms)));
  const redactor = new Redactor([apiKey]);
  const client = new Client({
    transport:
      world.transport ??
      axiosTransport({ baseUrl, apiKey, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    gate: new Gate(CONCURRENT_CALLS, now, wait),
    redactor,
    now,
    sleep: wait,
    random: world.random ?? Math.random,
    report: (line) => world.report?.(redactor.redact(line)),
    trace: world.trace,
  });
  return { keys: new ApiKeysApi(client), models: new ModelsApi(client), redactor, now };
}
