import { Account } from "./account/account.js";
import { newAccessKey } from "./account/api-key.js";
import { AdjustableClock } from "./account/clock.js";
import type { ControlledPlatform } from "./controls/controls.js";
import { Faults } from "./controls/faults.js";
import { RequestLog } from "./controls/request-log.js";
import { ManagementRate } from "./http/management-rate.js";
import { Turn } from "./http/turn.js";
import type { Settings } from "./options.js";
import { Catalogue } from "./runs/catalogue.js";
import { PendingRuns } from "./runs/pending-runs.js";
import { countTokens } from "./runs/tokenizer.js";
import { Keeper } from "./storage/keeper.js";
import { isPartOfRoute } from "./wire/routes.js";

/** One emulated account and what surrounds it: everything that the HTTP side may touch. */
export interface Service extends ControlledPlatform {
  readonly settings: Settings;
  readonly turn: Turn;
  readonly managementRate: ManagementRate;
  /** Resolves when everything changed so far is kept; `undefined` when there is nothing to wait for. */
  kept(): Promise<void> | undefined;
  close(): void;
}

/** A run's id is made on every run: a start that was drawn once, and a number. */
function requestIds(random: Settings["random"]): () => string {
  const start = Buffer.from(random(8)).toString("hex");
  let runs = 0;
  return () => `${start}${(runs++).toString(16).padStart(8, "0")}`;
}

/** @throws an `EmulatorError` when the data it is to go on with cannot be read */
export function createService(settings: Settings): Service {
  const clock = new AdjustableClock(settings.clock);
  const catalogue = new Catalogue(settings.catalogue, settings.openCatalogue);
  const account = new Account({
    clock,
    ids: settings.ids,
    accessKeys: () => newAccessKey(settings.random),
    maxKeys: settings.maxKeys,
    assumptions: settings,
    isKnownWord: (word) => catalogue.isPartOfPath(word) || isPartOfRoute(word),
  });
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
    newRequestId: requestIds(settings.random),
    turn: new Turn(),
    managementRate: new ManagementRate(settings.clock, settings.managementRateLimit?.perSecond),
    kept: () => keeper?.kept(),
    close: () => keeper?.close(),
  };
}
