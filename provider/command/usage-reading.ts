import type { Connection } from "../api/connect";
import { AixplainError } from "../core/errors";
import type { LiveKey } from "../core/model";
import type { ApiKeyUsage } from "../core/usage";

/** The usage of a key in the current UTC day. If the reading fails, `unavailable` contains the reason. */
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

export interface UsageReading {
  readonly readAt: number;
  readonly host: string;
  readonly keys: readonly KeyUsage[];
  /** From model ids to paths, as far as the platform has them. */
  readonly modelPaths: ReadonlyMap<string, string>;
}

/** The path of a model, or its id if the look-up fails: usage is shown without a path as well. */
async function pathOf({ models }: Connection, id: string): Promise<readonly [string, string]> {
  try {
    return [id, (await models.get(id)).path ?? id];
  } catch (error) {
    if (!(error instanceof AixplainError)) throw error;
    return [id, id];
  }
}

export async function readUsage(connection: Connection, keys: readonly LiveKey[]): Promise<UsageReading> {
  const readAt = connection.now();
  const read = await Promise.all(
    keys.map(async (key) => ({ key, usage: await usageToday(connection, key.id) })),
  );
  const models = new Set(read.flatMap(({ usage }) => Object.keys(usage.models)));
  const paths = await Promise.all([...models].map((id) => pathOf(connection, id)));
  return { readAt, host: connection.backend.host, keys: read, modelPaths: new Map(paths) };
}
