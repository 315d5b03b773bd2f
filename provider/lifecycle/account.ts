import { type ApiKeysApi, ListedKey } from "../api/api-keys";
import type { Backend } from "../api/connect";
import { stemOf } from "../core/auto-name";
import type { LiveKey } from "../core/model";

/** How long one list of the account serves all resources, in milliseconds. */
export const MAX_AGE_MS = 120_000;

/** How long a write of this process takes precedence over a list without it, in milliseconds. */
export const OWN_WRITES_MS = 30_000;

export interface Identity {
  /** Stored in the state: the host with the id of the first admin key, or with a digest of our own key. */
  readonly text: string;
  /** Whether this is provably the recorded account. */
  readonly isThatOf: (recorded: string | undefined) => boolean;
}

class Reading {
  readonly byId = new Map<string, ListedKey>();
  readonly byName = new Map<string, ListedKey>();
  readonly stems = new Map<string, number>();
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
    // Another key may have the name by now.
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
 * The keys of the account, listed once for all resources and updated with the writes of this process. docs/scale.md has
 * the rules.
 */
export class Account {
  private reading: Reading | undefined;
  private inFlight: Promise<Reading> | undefined;
  private next: Promise<Reading> | undefined;
  /** The last writes of this process; `undefined` for a deleted key. */
  private readonly written = new Map<string, { readonly at: number; readonly key: ListedKey | undefined }>();

  constructor(
    private readonly api: Pick<ApiKeysApi, "list">,
    private readonly backend: Backend,
    private readonly now: () => number,
  ) {}

  /** By an admin key in the list, which survives a rotation of our own key. Without one, by our own key. */
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

  /** Every key by id, at most {@link MAX_AGE_MS} old. */
  async keys(): Promise<ReadonlyMap<string, ListedKey>> {
    return (await this.current()).byId;
  }

  async names(): Promise<ReadonlyMap<string, ListedKey>> {
    return (await this.current()).byName;
  }

  async named(name: string): Promise<ListedKey | undefined> {
    return (await this.names()).get(name);
  }

  /** Whether a key other than `name` has an automatic name with this stem. */
  async hasOtherLike(name: string, stem: string): Promise<boolean> {
    const { stems, byName } = await this.current();
    const own = stemOf(name) === stem && byName.has(name) ? 1 : 0;
    return (stems.get(stem) ?? 0) > own;
  }

  /** The key with a name, from a new request. For answers that contradict the list. */
  async freshlyNamed(name: string): Promise<ListedKey | undefined> {
    return (await this.fresh()).byName.get(name);
  }

  async freshKeys(): Promise<ReadonlyMap<string, ListedKey>> {
    return (await this.fresh()).byId;
  }

  wrote(live: LiveKey): void {
    const key = new ListedKey(live.id, live.name, live, live.isAdmin);
    this.written.set(key.id, { at: this.now(), key });
    this.reading?.put(key);
  }

  removed(id: string): void {
    this.written.set(id, { at: this.now(), key: undefined });
    this.reading?.remove(id);
  }

  private async current(): Promise<Reading> {
    const { reading } = this;
    if (reading && this.now() - reading.startedAt <= MAX_AGE_MS) return reading;
    return this.inFlight ?? this.startReading();
  }

  /** A request under way started too early. All callers that wait share the next one. */
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
      // A list requested after the write is newer than the write.
      else if (at >= startedAt || !reading.byId.has(id)) reading.put(key);
    }
    if (!this.reading || this.reading.startedAt <= startedAt) this.reading = reading;
    return reading;
  }
}
