import { forbidden, nameTaken, notFound, tooManyKeys } from "../errors.js";
import { AccessKeys } from "./access-keys.js";
import { type ApiKey, type ApiKeyDeclaration, isExpired } from "./api-key.js";
import { type Assumptions, assumed } from "./assumptions.js";
import type { Clock } from "./clock.js";
import { Ledger, type LedgerState, type Scope } from "./ledger.js";
import { withoutZeros } from "./limits.js";
import { Redaction } from "./redaction.js";

export interface AccountOptions {
  clock: Clock;
  ids: () => string;
  accessKeys: () => string;
  maxKeys: number;
  readonly assumptions?: Assumptions;
  /** Words of URLs that are not access keys, such as parts of model paths. */
  isKnownWord?: (word: string) => boolean;
}

export interface AccountState {
  keys: ApiKey[];
  ledgers: Record<string, LedgerState>;
}

export interface AccountListener {
  keyWritten(key: ApiKey): void;
  keyDeleted(id: string): void;
  ledgerChanged(id: string, scope: Scope): void;
}

const silent: AccountListener = { keyWritten() {}, keyDeleted() {}, ledgerChanged() {} };

export class Account {
  private readonly keysById = new Map<string, ApiKey>();
  readonly accessKeys = new AccessKeys();
  readonly redaction = new Redaction({
    isSecret: (word) => this.accessKeys.isSecret(word),
    oddSecrets: () => this.accessKeys.oddSecrets(),
    isKnown: (word) => this.keysById.has(word) || (this.options.isKnownWord?.(word) ?? false),
  });
  private readonly idsByName = new Map<string, string>();
  private readonly ledgers = new Map<string, Ledger>();
  private admins = 0;
  private sequence = 0;
  listener: AccountListener = silent;
  /** What the newest write replaced, for stale answers. */
  newestWrite: { id: string; before: ApiKey | undefined } | undefined;

  readonly assumptions: Assumptions;

  constructor(private readonly options: AccountOptions) {
    this.assumptions = options.assumptions ?? assumed;
  }

  list(): ApiKey[] {
    return [...this.keysById.values()];
  }

  find(id: string): ApiKey | undefined {
    return this.keysById.get(id);
  }

  listed(): ApiKey[] {
    return this.list().filter((key) => this.isListed(key));
  }

  findListed(id: string): ApiKey | undefined {
    const key = this.find(id);
    return key !== undefined && this.isListed(key) ? key : undefined;
  }

  get(id: string): ApiKey {
    const key = this.keysById.get(id);
    if (key === undefined) throw notFound(`API key ${this.redaction.quote(id)}`);
    return key;
  }

  findByAccessKey(accessKey: string, now: number): ApiKey | undefined {
    const id = this.accessKeys.ownerOf(accessKey);
    const key = id === undefined ? undefined : this.keysById.get(id);
    return key === undefined || isExpired(key, now) ? undefined : key;
  }

  ledger(id: string): Ledger {
    const ledger = this.ledgers.get(id);
    if (ledger === undefined) throw notFound(`API key ${this.redaction.quote(id)}`);
    return ledger;
  }

  create(declaration: ApiKeyDeclaration, secret?: { accessKey?: string; isAdmin?: boolean }): ApiKey {
    if (this.idsByName.has(declaration.name)) throw nameTaken(declaration.name);
    const isAdmin = secret?.isAdmin ?? false;
    if (!isAdmin && this.keysById.size - this.admins >= this.options.maxKeys)
      throw tooManyKeys(this.options.maxKeys);
    const key: ApiKey = {
      ...declaration,
      id: this.options.ids(),
      accessKey: secret?.accessKey ?? this.options.accessKeys(),
      isAdmin,
      createdAt: this.options.clock.now(),
      sequence: this.sequence,
    };
    this.newestWrite = { id: key.id, before: undefined };
    this.put(key, Ledger.open(this.enforced(declaration)));
    this.listener.keyWritten(key);
    this.ledger(key.id).announce();
    return key;
  }

  update(id: string, declaration: ApiKeyDeclaration): ApiKey {
    const before = this.get(id);
    if (before.isAdmin && this.assumptions.adminKeyInList === "protected")
      throw forbidden("The account's admin key cannot be changed");
    const holder = this.idsByName.get(declaration.name);
    if (holder !== undefined && holder !== id) throw nameTaken(declaration.name);
    const key: ApiKey = { ...before, ...declaration };
    this.idsByName.delete(before.name);
    this.newestWrite = { id, before };
    this.put(key, this.ledger(id));
    this.ledger(id).changeLimits(this.enforced(declaration), this.options.clock.now());
    this.listener.keyWritten(key);
    return key;
  }

  /** For controls: no call of the API replaces a secret. */
  replaceSecret(id: string, accessKey: string): ApiKey {
    const before = this.get(id);
    const key = { ...before, accessKey };
    this.accessKeys.retire(before.accessKey);
    this.put(key, this.ledger(id));
    this.listener.keyWritten(key);
    return key;
  }

  delete(id: string): void {
    const key = this.get(id);
    if (key.isAdmin) throw forbidden("The account's admin key cannot be deleted");
    this.newestWrite = { id, before: key };
    this.keysById.delete(id);
    this.ledgers.delete(id);
    this.idsByName.delete(key.name);
    this.accessKeys.retire(key.accessKey);
    this.listener.keyDeleted(id);
  }

  reopenWindows(now: number): void {
    for (const ledger of this.ledgers.values()) ledger.reopen(now);
  }

  save(): AccountState {
    const ledgers = Object.fromEntries([...this.ledgers].map(([id, ledger]) => [id, ledger.save()]));
    return { keys: this.list(), ledgers };
  }

  load(state: AccountState): void {
    for (const id of [...this.keysById.keys()]) this.listener.keyDeleted(id);
    for (const map of [this.keysById, this.ledgers, this.idsByName]) map.clear();
    this.accessKeys.retireAll();
    this.admins = 0;
    this.sequence = 0;
    this.newestWrite = undefined;
    for (const key of state.keys) {
      const saved = Object.hasOwn(state.ledgers, key.id) ? state.ledgers[key.id] : undefined;
      const ledger = saved ? Ledger.load(saved) : Ledger.open(this.enforced(key));
      this.put(key, ledger);
      this.listener.keyWritten(key);
      ledger.announce();
    }
  }

  private isListed({ isAdmin }: ApiKey): boolean {
    return !isAdmin || this.assumptions.adminKeyInList !== "hidden";
  }

  /** The enforced limits, which may differ from those shown. */
  private enforced(declaration: ApiKeyDeclaration): ApiKeyDeclaration {
    if (this.assumptions.zeroMeans === "nothing") return declaration;
    const { globalLimits, assetsLimits } = declaration;
    return {
      ...declaration,
      globalLimits: globalLimits && withoutZeros(globalLimits),
      assetsLimits: assetsLimits.map(withoutZeros),
    };
  }

  private put(key: ApiKey, ledger: Ledger): void {
    if (key.isAdmin && !this.keysById.has(key.id)) this.admins += 1;
    this.sequence = Math.max(this.sequence, key.sequence + 1);
    this.keysById.set(key.id, key);
    this.ledgers.set(key.id, ledger);
    ledger.onChange = (scope) => this.listener.ledgerChanged(key.id, scope);
    this.idsByName.set(key.name, key.id);
    this.accessKeys.add(key.accessKey, key.id);
    this.redaction.forget();
  }
}
