import { nearest } from "../core/did-you-mean";
import { NoSuchKeyError, type Problem } from "../core/errors";
import { expiresWithin, hasDayLimit, infoOf, usedAbove } from "../core/key-info";
import type {
  GetApiKeyArgs,
  GetApiKeyResult,
  GetApiKeysArgs,
  GetApiKeysResult,
  GetModelArgs,
  GetModelResult,
} from "../core/look-ups";
import type { LiveKey } from "../core/model";
import type { ApiKeysApi, ListedKey } from "./api-keys";
import type { Connection } from "./connect";
import { NotFoundError } from "./errors";

/** How many models are looked up for the sake of a suggestion. */
const SUGGESTED_MODELS = 20;

type Keys = ReadonlyMap<string, ListedKey>;

/** The keys of the account, from one list for as many look-ups as possible. */
export interface Listing {
  keys(): Promise<Keys>;
  /** From a new request. */
  freshKeys(): Promise<Keys>;
}

export class RunListing implements Listing {
  private shared: Promise<Keys> | undefined;
  private isUnderWay = false;
  private next: Promise<Keys> | undefined;

  constructor(private readonly api: Pick<ApiKeysApi, "list">) {}

  keys(): Promise<Keys> {
    return this.shared ?? this.read();
  }

  /** A request under way started too early. All callers that wait share the next one. */
  freshKeys(): Promise<Keys> {
    if (!this.isUnderWay || !this.shared) return this.read();
    this.next ??= this.shared
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.read();
      });
    return this.next;
  }

  private read(): Promise<Keys> {
    this.isUnderWay = true;
    const reading = this.api
      .list()
      .then((keys) => new Map(keys.map((key) => [key.id, key])))
      .finally(() => {
        this.isUnderWay = false;
      });
    this.shared = reading;
    // Do not cache a failure.
    reading.catch(() => {
      if (this.shared === reading) this.shared = undefined;
    });
    return reading;
  }
}

export type Answer<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** The look-up functions of both front doors. The arguments are already checked. */
export class LookUps {
  constructor(
    private readonly connection: Pick<Connection, "keys" | "models" | "now">,
    private readonly listing: Listing,
  ) {}

  /** @throws NoSuchKeyError if the account has no such key */
  async getApiKey({ id, name }: GetApiKeyArgs): Promise<GetApiKeyResult> {
    const found = (keys: Keys): ListedKey | undefined =>
      id === undefined ? [...keys.values()].find((key) => key.name === name) : keys.get(id);
    // This run may have created the key after the list.
    const key = found(await this.listing.keys()) ?? found(await this.listing.freshKeys());
    if (key) return infoOf(key.live());
    const names = [...(await this.listing.keys()).values()].map((each) => each.name);
    throw new NoSuchKeyError(id ?? name ?? "", name === undefined ? undefined : nearest(name, names));
  }

  /** `fresh`: from a new list, which contains the keys of this run. */
  async getApiKeys(conditions: GetApiKeysArgs, fresh: boolean): Promise<GetApiKeysResult> {
    const { namePrefix = "", expiringWithinDays: days, usedAbovePercent: percent } = conditions;
    const keys = fresh ? await this.listing.freshKeys() : await this.listing.keys();
    const now = this.connection.now();
    const chosen = [...keys.values()]
      .filter(({ name }) => name.startsWith(namePrefix))
      .map((key) => key.live())
      .filter((live) => days === undefined || expiresWithin(live, days, now));
    const kept = await Promise.all(chosen.map((live) => percent === undefined || this.isUsed(live, percent)));
    return { apiKeys: chosen.filter((_, index) => kept[index]).map(infoOf) };
  }

  async getModel({ model }: GetModelArgs): Promise<Answer<GetModelResult>> {
    try {
      return { value: await this.connection.models.get(model) };
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const meant = await this.meantModel(model);
      const hint = meant === undefined ? ": check its spelling" : `; did you mean ${JSON.stringify(meant)}?`;
      const reason = `is ${JSON.stringify(model)}, which the platform does not know${hint}`;
      return { problems: [{ property: "model", reason }] };
    }
  }

  /**
   * The platform lists no models. Candidates are the same spelling in lower case without surrounding spaces, the
   * spellings of this run, and the models that keys of the account limit, by id or path.
   */
  private async meantModel(typed: string): Promise<string | undefined> {
    const { models } = this.connection;
    const plain = typed.trim().toLowerCase();
    if (plain !== typed && plain !== "") {
      const exists = await models.get(plain).then(
        () => true,
        () => false,
      );
      if (exists) return plain;
    }
    const limited = async (): Promise<string[]> =>
      [...(await this.listing.keys()).values()].flatMap((key) =>
        (key.live().assetLimits ?? []).map(({ model }) => model),
      );
    // Do not fail because of a suggestion.
    const ids = [...new Set(await limited().catch(() => []))];
    // The list has ids only. A model that was looked up is known by its path as well.
    await Promise.allSettled(ids.slice(0, SUGGESTED_MODELS).map((id) => models.get(id)));
    return nearest(typed, [...new Set([...models.known(), ...ids])]);
  }

  private async isUsed(live: LiveKey, percent: number): Promise<boolean> {
    if (live.isAdmin || !hasDayLimit(live)) return false;
    return usedAbove(await this.connection.keys.usage(live.id, this.connection.now()), percent);
  }
}
