import { Account } from "./account.js";
import { Catalogue } from "./catalogue.js";
import { AdjustableClock } from "./clock.js";
import { Faults } from "./faults.js";
import { ManagementRate } from "./management-rate.js";
import { newAccessKey, type Settings } from "./options.js";
import { PendingRuns } from "./pending-runs.js";
import { RequestLog } from "./request-log.js";
import { countTokens, type TokenCounter } from "./tokenizer.js";

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
  readonly managementRate: ManagementRate;
  /** The path of an address, without its query and without any access key that stands in it. */
  redact(url: string): string;
  /** Resolves when everything changed so far is kept; `undefined` when there is nothing to wait for. */
  kept(): Promise<void> | undefined;
}

export function createService(settings: Settings): Service {
  const clock = new AdjustableClock(settings.clock);
  const account = new Account({
    clock,
    ids: settings.ids,
    accessKeys: () => newAccessKey(settings.random),
    maxKeys: settings.maxKeys,
  });
  return {
    settings,
    clock,
    account,
    catalogue: new Catalogue(settings.catalogue),
    pendingRuns: new PendingRuns(),
    faults: new Faults(),
    requests: new RequestLog(),
    countTokens,
    managementRate: new ManagementRate(settings.clock, settings.managementRateLimit?.perSecond),
    redact: (url) => account.redact(url.split("?", 1)[0] ?? ""),
    kept: () => undefined,
  };
}

/** The account's own key: an entry of the list like any other, that the API refuses to change or delete. */
export function ensureAdminKey({ account, settings }: Service): void {
  const admins = account.list().filter(({ isAdmin }) => isAdmin);
  if (admins.some(({ accessKey }) => accessKey === settings.adminKey)) return;
  const declaration = { budget: null, globalLimits: null, assetsLimits: [], expiresAt: null };
  const name = admins.length === 0 ? "Admin" : `Admin ${admins.length + 1}`;
  account.create({ ...declaration, name }, { accessKey: settings.adminKey, isAdmin: true });
}
