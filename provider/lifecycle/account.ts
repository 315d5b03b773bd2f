import { type ApiKeysApi, ListedKey } from "../api/api-keys";
import type { Backend } from "../api/connect";
import { stemOf } from "../core/auto-name";
import type { LiveKey } from "../core/model";

/** For how long one reading of the account serves every resource of a run, in milliseconds. */
export const MAX_AGE_MS = 120_000;

/** For how long what this process wrote is believed over a list that does not show it yet, in milliseconds. */
export const OWN_WRITES_MS = 30_000;

/** Which account a run reaches. */
export interface Identity {
  /** What a state keeps of it: the host, and the id of the account's first admin key or a digest of our own. */
  readonly text: string;
  /** Whether this is provably the account that a state names. */
  readonly isThatOf: (recorded: string | undefined) => boolean;
}

/** The keys of the account at one time, by their ids and by their names: with a thousand keys nobody searches a list. */
class Reading {
  readonly byId = new Map<string, ListedKey>();
  readonly byName = new Map<string, ListedKey>();
  /** How many names begin like this and end like an automatic name. */
  readonly stems = new Map<string, number>();
  /** The ids of the admin keys that the list shows, in their order. */
  readonly admins: readonly string[];

  constructor(
    readonly startedAt: number,
    keys: readonly ListedKey[],
  ) {
    for (const key of keys) this.put(key);
    this.admins = keys.flatMap(({ id, isAdmin }) => (isAdmin ? [id] : [])).sort();
  }

  put(key: ListedKey): void {
    this.remove(key.id);
    this.byId.set(key.id, key);
    if (!this.byName.has(key.name)) this.countStem(key.name, 1);
    this.byName.set(key.name, key);
  }

  remove(id: string): void {
    const held = this.byId.get(id);
    this.byId.delete(id);
    // A name that was given up may be another key's by now.
    if (held && this.byName.get(held.name)?.id === id) {
      this.byName.delete(held.name);
      this.countStem(held.name, -1);
    }
  }

  private countStem(name: string, by: 1 | -1): void {
    const stem = stemOf(name);
    if (stem !== undefined) this.stems.set(stem, (this.stems.get(stem) ?? 0) + by);
  }
}

/**
 * The keys of the account, read once for all resources. Concurrent callers share one request; what this process writes
 * is applied to the reading, so that it never has to be read again because of our own work. docs/scale.md has the rules.
 */
export class Account {
  private reading: Reading | undefined;
  private inFlight: Promise<Reading> | undefined;
  private next: Promise<Reading> | undefined;
  /** What this process wrote last: a key, or `undefined` for one that it deleted. */
  private readonly written = new Map<string, { readonly at: number; readonly key: ListedKey | undefined }>();

  constructor(
    private readonly api: Pick<ApiKeysApi, "list">,
    private readonly backend: Backend,
    private readonly now: () => number,
  ) {}

  /**
   * Which account this is. By an admin key that the list shows, for that outlives our own; by our own where the list
   * shows none.
   */
  async identity(): Promise<Identity> {
    const { admins } = await this.current();
    const { host, keyDigest } = this.backend;
    const byKey = (): string => `${host}~${keyDigest()}`;
    const byAdmins = admins.map((id) => `${host}#${id}`);
    return {
      text: byAdmins[0] ?? byKey(),
      isThatOf: (recorded) =>
        recorded !== undefined &&
        (byAdmins.includes(recorded) || (recorded.startsWith(`${host}~`) && recorded === byKey())),
    };
  }

  /** Every key of the account by its id, at most {@link MAX_AGE_MS} old. */
  async keys(): Promise<ReadonlyMap<string, ListedKey>> {
    return (await this.current()).byId;
  }

  /** The same by name. Names are unique in an account. */
  async names(): Promise<ReadonlyMap<string, ListedKey>> {
    return (await this.current()).byName;
  }

  async named(name: string): Promise<ListedKey | undefined> {
    return (await this.names()).get(name);
  }

  /** Whether another key than the one of this name has a name that a resource with this stem can have given. */
  async hasOtherLike(name: string, stem: string): Promise<boolean> {
    const { stems, byName } = await this.current();
    const own = stemOf(name) === stem && byName.has(name) ? 1 : 0;
    return (stems.get(stem) ?? 0) > own;
  }

  /** The key of a name, from a request that starts now or later: after an answer that contradicts what is remembered. */
  async freshlyNamed(name: string): Promise<ListedKey | undefined> {
    return (await this.fresh()).byName.get(name);
  }

  /** Every key by its id, from a request that starts now or later. */
  async freshKeys(): Promise<ReadonlyMap<string, ListedKey>> {
    return (await this.fresh()).byId;
  }

  /** Takes over what a write of this process answered. */
  wrote(live: LiveKey): void {
    const key = new ListedKey(live.id, live.name, live, live.isAdmin);
    this.written.set(key.id, { at: this.now(), key });
    this.reading?.put(key);
  }

  /** Takes over that a key is gone. */
  removed(id: string): void {
    this.written.set(id, { at: this.now(), key: undefined });
    this.reading?.remove(id);
  }

  private async current(): Promise<Reading> {
    const { reading } = this;
    if (reading && this.now() - reading.startedAt <= MAX_AGE_MS) return reading;
    return this.inFlight ?? this.startReading();
  }

  /** A reading under way began too early; whoever waits for one that begins later shares the next. */
  private fresh(): Promise<Reading> {
    if (!this.inFlight) return this.startReading();
    this.next ??= this.inFlight
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.startReading();
      });
    return this.next;
  }

  private startReading(): Promise<Reading> {
    const reading = this.read().finally(() => {
      if (this.inFlight === reading) this.inFlight = undefined;
    });
    this.inFlight = reading;
    return reading;
  }

  private async read(): Promise<Reading> {
    const startedAt = this.now();
    const reading = new Reading(startedAt, await this.api.list());
    for (const [id, { at, key }] of this.written) {
      if (at < startedAt - OWN_WRITES_MS) this.written.delete(id);
      else if (key === undefined) reading.remove(id);
      // What was written before the list was asked for and is in it: the list is the newer word on it.
      else if (at >= startedAt || !reading.byId.has(id)) reading.put(key);
    }
    if (!this.reading || this.reading.startedAt <= startedAt) this.reading = reading;
    return reading;
  }
}
