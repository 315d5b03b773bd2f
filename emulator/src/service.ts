import { Account } from "./account/account.js";
import type { ApiKey } from "./account/api-key.js";
import { AdjustableClock } from "./account/clock.js";
import { Faults } from "./controls/faults.js";
import { RequestLog } from "./controls/request-log.js";
import { ManagementRate } from "./http/management-rate.js";
import { Turn } from "./http/turn.js";
import { newAccessKey, type Settings } from "./options.js";
import { Catalogue } from "./runs/catalogue.js";
import { PendingRuns } from "./runs/pending-runs.js";
import { countTokens, type TokenCounter } from "./runs/tokenizer.js";
import { Keeper } from "./storage/keeper.js";

/** One emulated account and what surrounds it: everything that an operation may touch. */
export interface Service {
  readonly settings: Settings;
  readonly clock: AdjustableClock;
  readonly account: Account;
  readonly catalogue: Catalogue;
  readonly pendingRuns: PendingRuns;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly countTokens: TokenCounter;
  readonly turn: Turn;
  readonly managementRate: ManagementRate;
  /** The path of an address, without its query and without any access key that stands in it. */
  redact(url: string): string;
  /** Resolves when everything changed so far is kept; `undefined` when there is nothing to wait for. */
  kept(): Promise<void> | undefined;
  close(): void;
}

/** @throws an `EmulatorError` when the data it is to go on with cannot be read */
export function createService(settings: Settings): Service {
  const clock = new AdjustableClock(settings.clock);
  const account = new Account({
    clock,
    ids: settings.ids,
    accessKeys: () => newAccessKey(settings.random),
    maxKeys: settings.maxKeys,
  });
  const catalogue = new Catalogue(settings.catalogue);
  const keeper =
    settings.data === undefined ? undefined : Keeper.open(settings.data, settings.durable, account);
  return {
    settings,
    clock,
    account,
    catalogue,
    pendingRuns: new PendingRuns(),
    faults: new Faults(),
    requests: new RequestLog(),
    countTokens,
    turn: new Turn(),
    managementRate: new ManagementRate(settings.clock, settings.managementRateLimit?.perSecond),
    redact: (url) => account.redact(url.split("?", 1)[0] ?? ""),
    kept: () => keeper?.kept(),
    close: () => keeper?.close(),
  };
}

/**
 * The account's own key: an entry of the list like any other, that the API refuses to change or delete. A key that
 * was kept from an earlier start gives way to one that was asked for at this one.
 */
export function ensureAdminKey({ account, settings }: Service): ApiKey {
  const { adminKey = newAccessKey(settings.random) } = settings;
  const kept = account.list().find(({ isAdmin }) => isAdmin);
  if (kept !== undefined) {
    const isOther = settings.adminKey !== undefined && kept.accessKey !== settings.adminKey;
    return isOther ? account.replaceSecret(kept.id, settings.adminKey ?? "") : kept;
  }
  const declaration = { name: "Admin", budget: null, globalLimits: null, assetsLimits: [], expiresAt: null };
  return account.create(declaration, { accessKey: adminKey, isAdmin: true });
}
