import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../api/connect";
import { isModelPath } from "../core/model";
import { type ApiKeyUsage, nextMidnight, type ScopeUsage } from "../core/usage";
import { resolveSettings, type SettingsOverrides } from "../settings";

/** The usage of one model in the current UTC day. */
export interface ModelUsage extends Partial<ScopeUsage> {
  /** Why there is no reading, where it failed; the update itself goes on. */
  readonly unavailable?: string;
}

/** Which key to read, and with which settings where they are not those of the stack. */
export interface GetUsageArgs extends SettingsOverrides {
  /** The id of the key. */
  readonly id: pulumi.Input<string>;
}

export interface GetModelUsageArgs extends GetUsageArgs {
  /** The id of the model, or its path. */
  readonly model: pulumi.Input<string>;
}

/** One connection for all readings of a program, so that they share its pacing; keyed by what it connects with. */
const connections = new Map<string, Connection>();

function connection(explicit: SettingsOverrides): Connection {
  const config = (key: string): string | undefined => {
    const [namespace, name] = key.split(":");
    return new pulumi.Config(namespace).get(name ?? "");
  };
  const settings = resolveSettings({ explicit, config, env: process.env });
  const identity = `${settings.backendUrl} ${settings.apiKey}`;
  const known = connections.get(identity);
  if (known) return known;
  // Here and not above: a program that reads no usage loads no HTTP client. Jest knows no late `import()` in CommonJS.
  const { connect } = require("../api/connect") as typeof import("../api/connect");
  const made = connect(settings);
  connections.set(identity, made);
  return made;
}

/** Reads, or says why not: a reading that fails is no reason to fail a deployment. */
async function reading<T>(
  what: string,
  explicit: SettingsOverrides,
  read: (connected: Connection) => Promise<T>,
  otherwise: (reason: string) => T,
): Promise<T> {
  let redact = (text: string): string => text;
  try {
    const connected = connection(explicit);
    redact = (text) => connected.redactor.redact(text);
    return await read(connected);
  } catch (error) {
    const reason = redact(error instanceof Error ? error.message : String(error));
    await pulumi.log.warn(`The usage of ${what} could not be read: ${reason}`);
    return otherwise(reason);
  }
}

/**
 * The usage of a key in the current UTC day, as a whole and by model, read from the platform while the program runs.
 * Unknown in a preview where the id is. A reading that fails is a warning, and `unavailable` says why.
 */
export function getUsage(args: GetUsageArgs): pulumi.Output<ApiKeyUsage> {
  return pulumi.output(args.id).apply((id) =>
    reading<ApiKeyUsage>(
      `the key ${id}`,
      args,
      ({ keys, now }) => keys.usage(id, now()),
      (unavailable) => ({ models: {}, unavailable }),
    ),
  );
}

/** The usage of one model by one key; see {@link getUsage}. A model that the key never used reads as 0 used. */
export function getModelUsage(args: GetModelUsageArgs): pulumi.Output<ModelUsage> {
  return pulumi.all([args.id, args.model]).apply(([id, model]) =>
    reading<ModelUsage>(
      `the model ${model} by the key ${id}`,
      args,
      async ({ keys, models, now }) => {
        const modelId = isModelPath(model) ? await models.idOf(model) : model;
        const none = { used: 0, resetsAt: nextMidnight(now()) };
        return (await keys.usage(id, now())).models[modelId] ?? { requests: none, tokens: none };
      },
      (unavailable) => ({ unavailable }),
    ),
  );
}
