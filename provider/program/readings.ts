import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../api/connect";
import type { ApiKeyUsage } from "../core/usage";
import { resolveSettings, type SettingsOverrides } from "../settings";
import { currentRun, underMocks } from "./run";

/** A setting of the stack by its full name, `aixplain:apiKey`. */
export function stackSetting(key: string): string | undefined {
  const [namespace, name] = key.split(":");
  return new pulumi.Config(namespace).get(name ?? "");
}

/** Keyed by what they connect with. */
const connections = new Map<string, Connection>();

/** One connection for all readings of a program, so that they share its pacing. */
export function connection(explicit: SettingsOverrides): Connection {
  const settings = resolveSettings({ explicit, config: stackSetting, env: process.env });
  const identity = `${settings.backendUrl} ${settings.apiKey}`;
  const known = connections.get(identity);
  if (known) return known;
  // Here and not above: a program that reads no usage loads no HTTP client. Jest knows no late `import()` in CommonJS.
  const { connect } = require("../api/connect") as typeof import("../api/connect");
  const made = connect(settings);
  connections.set(identity, made);
  return made;
}

/** What was read, or why nothing was: a reading that fails is no reason to fail a deployment. */
export type Reading<T> = { readonly value: T } | { readonly unavailable: string };

const MOCKED = "the program runs against Pulumi's mocks, where nothing is read from the platform";

/** Reads, or warns once and says why not. Under Pulumi's mocks nothing is read and nothing is warned of. */
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

/** The readings of each run of a program, by key and connection. */
const readings = new WeakMap<object, Map<string, Promise<Reading<ApiKeyUsage>>>>();

/** The usage of a key, read once in a run however often it is asked for. */
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
