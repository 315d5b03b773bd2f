import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../api/connect";
import type { ApiKeyUsage } from "../core/usage";
import { resolveSettings, type SettingsOverrides } from "../settings";
import { currentRun, underMocks } from "./run";

export function stackSetting(key: string): string | undefined {
  const [namespace, name] = key.split(":");
  return new pulumi.Config(namespace).get(name ?? "");
}

const connections = new Map<string, Connection>();

/** Connects with the stack's settings or the given ones. All readings share one connection, and so its pacing. */
export function connection(explicit: SettingsOverrides = {}): Connection {
  const settings = resolveSettings({ explicit, config: stackSetting, env: process.env });
  const identity = `${settings.backendUrl} ${settings.apiKey}`;
  const known = connections.get(identity);
  if (known) return known;
  // Loaded late, so that a program without readings loads no HTTP client. Jest supports no late `import()` in CommonJS.
  const { connect } = require("../api/connect") as typeof import("../api/connect");
  const made = connect(settings);
  connections.set(identity, made);
  return made;
}

export type Reading<T> = { readonly value: T } | { readonly unavailable: string };

const MOCKED = "the program runs with Pulumi's mocks, so nothing is read from the platform";

/** Reads, or warns and returns the reason. Under Pulumi's mocks it does neither. */
export async function reading<T>(
  what: string,
  explicit: SettingsOverrides,
  read: (connected: Connection) => Promise<T>,
): Promise<Reading<T>> {
  if (underMocks()) return { unavailable: MOCKED };
  let redact = (text: string): string => text;
  try {
    const connected = connection(explicit);
    redact = (text) => connected.redactor.redact(text);
    return { value: await read(connected) };
  } catch (error) {
    const unavailable = redact(error instanceof Error ? error.message : String(error));
    await pulumi.log.warn(`The usage of ${what} could not be read: ${unavailable}`);
    return { unavailable };
  }
}

const readings = new WeakMap<object, Map<string, Promise<Reading<ApiKeyUsage>>>>();

export function usageReading(id: string, explicit: SettingsOverrides): Promise<Reading<ApiKeyUsage>> {
  const read = (): Promise<Reading<ApiKeyUsage>> =>
    reading(`the key ${id}`, explicit, ({ keys, now }) => keys.usage(id, now()));
  const run = currentRun();
  if (run === undefined) return read();
  const known = readings.get(run) ?? new Map<string, Promise<Reading<ApiKeyUsage>>>();
  readings.set(run, known);
  const asked = JSON.stringify([id, explicit.apiKey, explicit.backendUrl]);
  const made = known.get(asked) ?? read();
  known.set(asked, made);
  return made;
}
