import type { Account, AccountState } from "../account/account.js";
import type { ApiKey } from "../account/api-key.js";
import type { LedgerState, Scope } from "../account/ledger.js";
import { savedKeySchema, savedScopeSchema, savedTotalsSchema } from "../account/saved-account.js";
import { cannotWrite, EmulatorError } from "../errors.js";
import { type Entry, EntryStore, type Removal } from "./entry-store.js";

/**
 * Stores an account. Writes the changes of one turn of the event loop in one transaction, before any answer that
 * depends on them is sent.
 */
export class Keeper {
  private readonly writtenKeys = new Map<string, ApiKey>();
  private readonly changedLedgers = new Map<string, Set<Scope>>();
  private readonly deletedKeys = new Set<string>();
  private readonly keptAssets = new Map<string, Set<string>>();
  private writing: Promise<void> | undefined;

  private constructor(
    private readonly store: EntryStore,
    private readonly account: Account,
  ) {}

  static open(directory: string, durable: boolean, account: Account): Keeper {
    const store = EntryStore.open(directory, durable);
    const keeper = new Keeper(store, account);
    try {
      keeper.load();
    } catch (error) {
      store.close();
      const why = error instanceof Error ? error.message : String(error);
      throw new EmulatorError(`the data in ${directory} cannot be read: ${why}`, { cause: error });
    }
    account.listener = keeper;
    return keeper;
  }

  keyWritten(key: ApiKey): void {
    this.writtenKeys.set(key.id, key);
  }

  keyDeleted(id: string): void {
    this.writtenKeys.delete(id);
    this.changedLedgers.delete(id);
    this.deletedKeys.add(id);
  }

  ledgerChanged(id: string, scope: Scope): void {
    const changed = this.changedLedgers.get(id);
    if (changed === undefined) this.changedLedgers.set(id, new Set([scope]));
    else changed.add(scope);
  }

  kept(): Promise<void> | undefined {
    if (this.writing !== undefined) return this.writing;
    if (this.writtenKeys.size + this.changedLedgers.size + this.deletedKeys.size === 0) return undefined;
    this.writing = new Promise((resolve, reject) => {
      setImmediate(() => {
        this.writing = undefined;
        try {
          this.write();
          resolve();
        } catch (error) {
          this.goBack();
          reject(cannotWrite(error));
        }
      });
    });
    return this.writing;
  }

  close(): void {
    this.store.close();
  }

  private load(): void {
    const state = readState(this.store.read());
    this.keptAssets.clear();
    for (const [id, ledger] of Object.entries(state.ledgers)) this.noteKept(id, ledger);
    this.account.load(state);
  }

  /** Undoes a failed write: its calls were answered with an error. */
  private goBack(): void {
    this.load();
    this.forgetChanges();
  }

  private forgetChanges(): void {
    this.writtenKeys.clear();
    this.changedLedgers.clear();
    this.deletedKeys.clear();
  }

  private write(): void {
    const entries: Entry[] = [];
    const removals: Removal[] = [...this.deletedKeys].flatMap((id) => this.removalsOf(id));
    for (const [name, key] of this.writtenKeys)
      entries.push({ kind: "key", name, body: JSON.stringify(key) });
    for (const [id, changed] of this.changedLedgers) {
      const ledger = this.account.ledger(id);
      entries.push({ kind: "totals", name: id, body: JSON.stringify(ledger.saveTotals()) });
      for (const scope of new Set([ledger.whole, ...changed])) {
        entries.push({
          kind: "scope",
          name: scopeName(id, scope.assetId),
          body: JSON.stringify(scope.save()),
        });
      }
    }
    this.store.write(entries, removals);
    for (const id of this.deletedKeys) this.keptAssets.delete(id);
    for (const [id, scopes] of this.changedLedgers)
      for (const { assetId } of scopes) this.noteAsset(id, assetId);
    this.forgetChanges();
  }

  private removalsOf(id: string): Removal[] {
    const scopes = [null, ...(this.keptAssets.get(id) ?? [])].map((assetId) => scopeName(id, assetId));
    return [
      { kind: "key", name: id },
      { kind: "totals", name: id },
      ...scopes.map((name) => ({ kind: "scope", name })),
    ];
  }

  private noteKept(id: string, { scopes }: LedgerState): void {
    for (const { assetId } of scopes) this.noteAsset(id, assetId);
  }

  private noteAsset(id: string, assetId: string | null): void {
    if (assetId === null) return;
    const assets = this.keptAssets.get(id);
    if (assets === undefined) this.keptAssets.set(id, new Set([assetId]));
    else assets.add(assetId);
  }
}

const scopeName = (id: string, assetId: string | null): string => JSON.stringify([id, assetId]);

function readState(entries: readonly Entry[]): AccountState {
  const keys: ApiKey[] = [];
  const ledgers = new Map<string, LedgerState>();
  const ledgerOf = (id: string): LedgerState => {
    const ledger = ledgers.get(id) ?? { spent: 0, due: [], scopes: [] };
    ledgers.set(id, ledger);
    return ledger;
  };
  for (const { kind, name, body } of entries) {
    const value: unknown = JSON.parse(body);
    if (kind === "key") keys.push(savedKeySchema.parse(value));
    else if (kind === "totals") Object.assign(ledgerOf(name), savedTotalsSchema.parse(value));
    else if (kind === "scope")
      ledgerOf((JSON.parse(name) as [string])[0]).scopes.push(savedScopeSchema.parse(value));
    else throw new Error(`it contains a ${kind}, which this emulator does not support`);
  }
  keys.sort((a, b) => a.sequence - b.sequence);
  return { keys, ledgers: Object.fromEntries(ledgers) };
}
