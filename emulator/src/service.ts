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

export interface Service extends ControlledPlatform {
  readonly settings: Settings;
  readonly turn: Turn;
  readonly managementRate: ManagementRate;
  /** Whether changes are stored, so that a run may have to wait. */
  readonly isStored: boolean;
  /** Resolves when all changes are stored; `undefined` if there is nothing to wait for. */
  kept(): Promise<void> | undefined;
  close(): void;
}

/** Cheap ids, because every run needs one: a random start and a number. */
function requestIds(random: Settings["random"]): () => string {
  const start = Buffer.from(random(8)).toString("hex");
  let runs = 0;
  return () => `${start}${(runs++).toString(16).padStart(8, "0")}`;
}

/** @throws `EmulatorError` if the stored data cannot be read */
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
    isStored: keeper !== undefined,
    kept: () => keeper?.kept(),
    close: () => keeper?.close(),
  };
}
