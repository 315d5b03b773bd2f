import { scryptSync } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Redactor } from "../core/secret";
import { ApiKeysApi } from "./api-keys";
import { Client } from "./client";
import { Gate } from "./gate";
import { axiosTransport, type Transport } from "./http";
import { ModelsApi } from "./models";

/** Fast enough, and few enough not to reach an account's rate limit at once. */
const CONCURRENT_CALLS = 16;

export interface World {
  readonly transport: Transport;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** Shows a line that is not an error. Default: no output. */
  readonly report: (line: string) => void;
  /** How a person ends a wait for the rate limit. Default: Ctrl-C twice, which ends the engine. */
  readonly waitsEndBy: string;
  /** Receives one line without secrets per exchange. Default: no output. */
  readonly trace: ((line: string) => void) | undefined;
}

export interface Backend {
  readonly host: string;
  /** A digest of the admin key. It is slow to compute, so that nobody can find the key by trying. */
  readonly keyDigest: () => string;
}

export interface Connection {
  readonly keys: ApiKeysApi;
  readonly models: ModelsApi;
  readonly redactor: Redactor;
  readonly backend: Backend;
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
    waitsEndBy: world.waitsEndBy,
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
