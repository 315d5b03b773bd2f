import { AixplainError } from "../core/errors";
import type { ApiKeyInputs, LiveKey } from "../core/model";
import type { ModelIds } from "../core/model-ids";
import type { ApiKeyUsage } from "../core/usage";
import type { Client } from "./client";
import { fromWire, toWire } from "./convert";
import { usageOf } from "./usage-rows";
import { listedKey, wireKey, wireKeys, wireUsageRows } from "./wire";

const PATH = "/sdk/api-keys";
/** Texts that would name another address than that of a key. */
const NO_IDS = new Set(["", ".", "..", "usage-limits"]);

function pathOf(id: string): string {
  if (NO_IDS.has(id)) {
    throw new AixplainError(`${JSON.stringify(id)} is not the id of a key`, {
      next: "The ids of the account's keys: npx pulumi-aixplain list",
    });
  }
  return `${PATH}/${encodeURIComponent(id)}`;
}

/** A key as the create answer shows it: the only answer that holds the access key itself. */
export interface CreatedKey {
  readonly live: LiveKey;
  /** As answered: to be looked at before it is trusted, for it can be absent or a mask. */
  readonly accessKey: string | undefined;
}

/**
 * A key as a list shows it. Only its id and its name are read at once: of an account with thousands of keys a stack may
 * have three, and of a thousand each is read when it is its turn.
 */
export class ListedKey {
  constructor(
    readonly id: string,
    readonly name: string,
    private source: LiveKey | (() => LiveKey),
    /** Whether the list marks it as an admin key. */
    readonly isAdmin = false,
  ) {}

  /** The key in full. @throws UnexpectedAnswerError where the list shows it in an unexpected shape */
  live(): LiveKey {
    if (typeof this.source === "function") this.source = this.source();
    return this.source;
  }
}

/** The calls on API keys. Every one needs an admin key. */
export class ApiKeysApi {
  constructor(private readonly client: Client) {}

  /** Every key of the account. The platform has no paging and no filter. */
  async list(): Promise<readonly ListedKey[]> {
    return (await this.listWithDate()).keys;
  }

  /** The same, with the time of the answer by the platform's clock, in milliseconds since 1970. */
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

  /** Replaces everything that can be changed about the key. */
  async update(id: string, inputs: ApiKeyInputs, ids: ModelIds): Promise<LiveKey> {
    const body = { id, ...toWire(inputs, ids) };
    return fromWire(await this.client.call({ method: "PUT", path: pathOf(id), body }, wireKey));
  }

  async delete(id: string): Promise<void> {
    await this.client.send({ method: "DELETE", path: pathOf(id) });
  }

  /** Usage of a key in the UTC day of `now` (milliseconds since 1970), as a whole and for each model. */
  async usage(id: string, now: number): Promise<ApiKeyUsage> {
    return usageOf(
      await this.client.call({ method: "GET", path: `${pathOf(id)}/usage-limits` }, wireUsageRows),
      now,
    );
  }
}
