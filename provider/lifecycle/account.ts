import type { ApiKeysApi } from "../api/api-keys";
import type { LiveKey } from "../core/model";

/** For how long one reading of the account serves every resource of a run, in milliseconds. */
export const MAX_AGE_MS = 120_000;

/** For how long what this process wrote is believed over a list that does not show it yet, in milliseconds. */
export const OWN_WRITES_MS = 30_000;

interface Reading {
  readonly startedAt: number;
  readonly keys: Map<string, LiveKey>;
}

/**
 * The keys of the account, read once for all resources. Concurrent callers share one request; what this process writes
 * is applied to the reading, so that it never has to be read again because of our own work. docs/scale.md has the rules.
 */
export class Account {
  private reading: Reading | undefined;
  private inFlight: Promise<Reading> | undefined;
  /** What this process wrote last: a key, or `undefined` for one that it deleted. */
  private readonly written = new Map<string, { readonly at: number; readonly live: LiveKey | undefined }>();

  constructor(
    private readonly api: Pick<ApiKeysApi, "list">,
    private readonly now: () => number,
  ) {}

  /** Every key of the account by its id, at most {@link MAX_AGE_MS} old. */
  async keys(): Promise<ReadonlyMap<string, LiveKey>> {
    const { reading } = this;
    if (reading && this.now() - reading.startedAt <= MAX_AGE_MS) return reading.keys;
    this.inFlight ??= this.read().finally(() => {
      this.inFlight = undefined;
    });
    return (await this.inFlight).keys;
  }

  /** The same from a request that starts now: after an answer that contradicts what is remembered. */
  async freshKeys(): Promise<ReadonlyMap<string, LiveKey>> {
    return (await this.read()).keys;
  }

  async named(name: string): Promise<LiveKey | undefined> {
    return byName(await this.keys(), name);
  }

  async freshlyNamed(name: string): Promise<LiveKey | undefined> {
    return byName(await this.freshKeys(), name);
  }

  /** Takes over what a write of this process answered. */
  wrote(live: LiveKey): void {
    this.written.set(live.id, { at: this.now(), live });
    this.reading?.keys.set(live.id, live);
  }

  /** Takes over that a key is gone. */
  removed(id: string): void {
    this.written.set(id, { at: this.now(), live: undefined });
    this.reading?.keys.delete(id);
  }

  private async read(): Promise<Reading> {
    const startedAt = this.now();
    const keys = new Map((await this.api.list()).map((live) => [live.id, live]));
    for (const [id, { at, live }] of this.written) {
      if (at < startedAt - OWN_WRITES_MS) this.written.delete(id);
      else if (live === undefined) keys.delete(id);
      // What was written before the list was asked for and is in it: the list is the newer word on it.
      else if (at >= startedAt || !keys.has(id)) keys.set(id, live);
    }
    const reading = { startedAt, keys };
    if (!this.reading || this.reading.startedAt <= startedAt) this.reading = reading;
    return reading;
  }
}

const byName = (keys: ReadonlyMap<string, LiveKey>, name: string): LiveKey | undefined =>
  [...keys.values()].find((key) => key.name === name);
