import { AixplainError } from "../core/errors";
import type { ApiKeyInputs, LiveKey } from "../core/model";
import type { ModelIds } from "../core/model-ids";
import type { ApiKeyUsage } from "../core/usage";
import type { Client } from "./client";
import { fromWire, toWire } from "./convert";
import { usageOf } from "./usage-rows";
import { listedKey, wireKey, wireKeys, wireUsageRows } from "./wire";

const PATH = "/sdk/api-keys";
/** Texts that would address something other than one key. */
const NO_IDS = new Set(["", ".", "..", "usage-limits"]);

function pathOf(id: string): string {
  if (NO_IDS.has(id)) {
    throw new AixplainError(`${JSON.stringify(id)} is not the id of a key`, {
      next: "Run npx pulumi-aixplain list to see the ids of the account's keys",
    });
  }
  return `${PATH}/${encodeURIComponent(id)}`;
}

export interface CreatedKey {
  readonly live: LiveKey;
  /** Absent or a mask in some answers. */
  readonly accessKey: string | undefined;
}

/**
 * A key of a list. Only its id and name are read at once. The rest is read on use, because an account may hold
 * thousands of keys.
 */
export class ListedKey {
  constructor(
    readonly id: string,
    readonly name: string,
    private source: LiveKey | (() => LiveKey),
    readonly isAdmin = false,
  ) {}

  /** @throws UnexpectedAnswerError if the list shows it in an unexpected shape */
  live(): LiveKey {
    if (typeof this.source === "function") this.source = this.source();
    return this.source;
  }
}

export class ApiKeysApi {
  constructor(private readonly client: Client) {}

  /** The platform has no paging and no filter. */
  async list(): Promise<readonly ListedKey[]> {
    return (await this.listWithDate()).keys;
  }

  /** Also returns the time of the answer by the platform's clock, in milliseconds since 1970. */
  async listWithDate(): Promise<{
    readonly keys: readonly ListedKey[];
    readonly date: number | undefined;
  }> {
    const answer = await this.client.ask({ method: "GET", path: PATH });
    const keys = answer.read(wireKeys).map((entry) => {
      const name = typeof entry.name === "string" ? entry.name : "";
      const inFull = (): LiveKey => fromWire(answer.read(listedKey, entry));
      return new ListedKey(String(entry.id), name, inFull, entry.isAdmin === true);
    });
    return { keys, date: answer.date };
  }

  async get(id: string): Promise<LiveKey> {
    return fromWire(await this.client.call({ method: "GET", path: pathOf(id) }, wireKey));
  }

  async create(inputs: ApiKeyInputs, ids: ModelIds): Promise<CreatedKey> {
    const wire = await this.client.call({ method: "POST", path: PATH, body: toWire(inputs, ids) }, wireKey);
    return { live: fromWire(wire), accessKey: wire.accessKey ?? undefined };
  }

  async update(id: string, inputs: ApiKeyInputs, ids: ModelIds): Promise<LiveKey> {
    const body = { id, ...toWire(inputs, ids) };
    return fromWire(await this.client.call({ method: "PUT", path: pathOf(id), body }, wireKey));
  }

  async delete(id: string): Promise<void> {
    await this.client.send({ method: "DELETE", path: pathOf(id) });
  }

  /** The usage of a key in the UTC day of `now` (milliseconds since 1970). */
  async usage(id: string, now: number): Promise<ApiKeyUsage> {
    return usageOf(
      await this.client.call({ method: "GET", path: `${pathOf(id)}/usage-limits` }, wireUsageRows),
      now,
    );
  }
}
