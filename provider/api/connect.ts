import { scryptSync } from "node:crypto";
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

/** Where a connection leads, without a secret: what an account is recognised by. */
export interface Backend {
  /** The host of the management API, with its port where it is not the default one. */
  readonly host: string;
  /**
   * A digest of the admin key: the same for the same key, and slow to compute, so that nobody finds a key by trying.
   */
  readonly keyDigest: () => string;
}

/** The platform's API behind one set of settings. */
export interface Connection {
  readonly keys: ApiKeysApi;
  readonly models: ModelsApi;
  readonly redactor: Redactor;
  readonly backend: Backend;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
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
  const { host } = new URL(baseUrl);
  let digest: string | undefined;
  const keyDigest = (): string => {
    digest ??= scryptSync(apiKey, `aixplain account at ${host}`, 8).toString("hex");
    return digest;
  };
  return {
    keys: new ApiKeysApi(client),
    models: new ModelsApi(client),
    redactor,
    backend: { host, keyDigest },
    now,
    sleep: wait,
  };
}
