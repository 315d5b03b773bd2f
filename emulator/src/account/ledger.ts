import type { ApiKeyDeclaration } from "./api-key.js";
import type { Limits } from "./limits.js";
import { DAY, dayLimits, MINUTE, minuteLimits, Window, type WindowState } from "./window.js";

export interface ScopeState {
  assetId: string | null;
  minute: WindowState;
  day: WindowState;
}

/** The counters of the whole key (`assetId` null) or of one model. */
export class Scope {
  constructor(
    readonly assetId: string | null,
    readonly minute: Window,
    readonly day: Window,
  ) {}

  static open(assetId: string | null, limits: Limits | null): Scope {
    return new Scope(assetId, new Window(MINUTE, minuteLimits(limits)), new Window(DAY, dayLimits(limits)));
  }

  roll(now: number): void {
    this.minute.roll(now);
    this.day.roll(now);
  }

  change(limits: Limits | null, now: number): void {
    this.minute.change(minuteLimits(limits), now);
    this.day.change(dayLimits(limits), now);
  }

  reopen(now: number): void {
    this.minute.reopen(now);
    this.day.reopen(now);
  }

  save(): ScopeState {
    return { assetId: this.assetId, minute: this.minute.save(), day: this.day.save() };
  }
}

/** Generated output of a run in progress. It is counted at `at`. */
export interface DueOutput {
  at: number;
  assetId: string;
  outputTokens: number;
  cost: number;
}

export interface LedgerState {
  spent: number;
  due: DueOutput[];
  scopes: ScopeState[];
}

/** The usage of one key. Money is in integer nano-credits, so that sums stay exact. */
export class Ledger {
  readonly assets = new Map<string, Scope>();
  spent = 0;
  private due: DueOutput[] = [];
  onChange: (scope: Scope) => void = () => {};

  private constructor(readonly whole: Scope) {}

  /** The limits of a new key apply at once. */
  static open(declaration: ApiKeyDeclaration): Ledger {
    const ledger = new Ledger(Scope.open(null, declaration.globalLimits));
    for (const limits of declaration.assetsLimits) {
      ledger.assets.set(limits.assetId, Scope.open(limits.assetId, limits));
    }
    return ledger;
  }

  models(): Scope[] {
    return [...this.assets].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, scope]) => scope);
  }

  /** Kept for every model that is run, limited or not. */
  asset(assetId: string): Scope {
    let scope = this.assets.get(assetId);
    if (scope === undefined) {
      scope = Scope.open(assetId, null);
      this.assets.set(assetId, scope);
    }
    return scope;
  }

  announce(): void {
    for (const scope of [this.whole, ...this.assets.values()]) this.onChange(scope);
  }

  /** Changed limits take effect from the next window. */
  changeLimits(declaration: ApiKeyDeclaration, now: number): void {
    this.settle(now);
    this.whole.change(declaration.globalLimits, now);
    const wanted = new Map(declaration.assetsLimits.map((limits) => [limits.assetId, limits]));
    for (const assetId of wanted.keys()) this.asset(assetId);
    for (const [assetId, scope] of this.assets) {
      scope.change(wanted.get(assetId) ?? null, now);
    }
    this.announce();
  }

  countInput(asset: Scope, inputTokens: number, cost: number): void {
    const { whole } = this;
    whole.minute.countRequest(inputTokens);
    whole.day.countRequest(inputTokens);
    asset.minute.countRequest(inputTokens);
    asset.day.countRequest(inputTokens);
    this.spent += cost;
    this.onChange(asset);
  }

  countOutput(assetId: string, outputTokens: number, cost: number, at: number): void {
    const asset = this.asset(assetId);
    for (const scope of [this.whole, asset]) {
      scope.roll(at);
      scope.minute.countOutput(outputTokens);
      scope.day.countOutput(outputTokens);
    }
    this.spent += cost;
    this.onChange(asset);
  }

  countOutputLater(output: DueOutput): void {
    const place = this.due.findIndex(({ at }) => at > output.at);
    this.due.splice(place < 0 ? this.due.length : place, 0, output);
    this.onChange(this.whole);
  }

  /** Counts the output of every run that ended by `now`, in the window in which it ended. */
  settle(now: number): void {
    while (this.due[0] !== undefined && this.due[0].at <= now) {
      const { assetId, outputTokens, cost, at } = this.due.shift() as DueOutput;
      this.countOutput(assetId, outputTokens, cost, at);
    }
  }

  roll(now: number): void {
    this.settle(now);
    this.whole.roll(now);
    for (const scope of this.assets.values()) scope.roll(now);
  }

  reopen(now: number): void {
    this.whole.reopen(now);
    for (const scope of this.assets.values()) scope.reopen(now);
    this.announce();
  }

  save(): LedgerState {
    return {
      ...this.saveTotals(),
      scopes: [this.whole, ...this.models()].map((scope) => scope.save()),
    };
  }

  saveTotals(): Omit<LedgerState, "scopes"> {
    return { spent: this.spent, due: this.due.map((output) => ({ ...output })) };
  }

  static load(state: LedgerState): Ledger {
    const scopes = state.scopes.map(
      ({ assetId, minute, day }) => new Scope(assetId, Window.load(MINUTE, minute), Window.load(DAY, day)),
    );
    const ledger = new Ledger(scopes.find(({ assetId }) => assetId === null) ?? Scope.open(null, null));
    for (const scope of scopes) {
      if (scope.assetId !== null) ledger.assets.set(scope.assetId, scope);
    }
    ledger.spent = state.spent;
    ledger.due = state.due.map((output) => ({ ...output }));
    return ledger;
  }
}
