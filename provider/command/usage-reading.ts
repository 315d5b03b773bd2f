import type { Connection } from "../api/connect";
import { AixplainError } from "../core/errors";
import type { LiveKey } from "../core/model";
import type { ApiKeyUsage } from "../core/usage";

/** The use of a key in the current UTC day. A reading that fails is no error: `unavailable` says why. */
export async function usageToday({ keys, now }: Connection, id: string): Promise<ApiKeyUsage> {
  try {
    return await keys.usage(id, now());
  } catch (error) {
    if (!(error instanceof AixplainError)) throw error;
    return { models: {}, unavailable: error.message };
  }
}

export interface KeyUsage {
  readonly key: LiveKey;
  readonly usage: ApiKeyUsage;
}

/** The use of several keys at one time. */
export interface UsageReading {
  /** Milliseconds since 1970. */
  readonly readAt: number;
  readonly host: string;
  readonly keys: readonly KeyUsage[];
  /** From the ids of models to their paths, as far as the platform tells them. */
  readonly modelPaths: ReadonlyMap<string, string>;
}

/** The path of a model, or its id where the look-up fails: a name is no reason to show no usage. */
async function pathOf({ models }: Connection, id: string): Promise<readonly [string, string]> {
  try {
    return [id, (await models.get(id)).path ?? id];
  } catch (error) {
    if (!(error instanceof AixplainError)) throw error;
    return [id, id];
  }
}

/** Reads the use of keys, and looks up the models that they used or limit. */
export async function readUsage(connection: Connection, keys: readonly LiveKey[]): Promise<UsageReading> {
  const readAt = connection.now();
  const read = await Promise.all(
    keys.map(async (key) => ({ key, usage: await usageToday(connection, key.id) })),
  );
  const models = new Set(read.flatMap(({ usage }) => Object.keys(usage.models)));
  const paths = await Promise.all([...models].map((id) => pathOf(connection, id)));
  return { readAt, host: connection.backend.host, keys: read, modelPaths: new Map(paths) };
}
