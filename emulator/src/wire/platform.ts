import type { Account } from "../account/account.js";
import type { Clock } from "../account/clock.js";
import type { Catalogue } from "../runs/catalogue.js";
import type { PendingRuns } from "../runs/pending-runs.js";
import type { TokenCounter } from "../runs/tokenizer.js";

export interface PlatformSettings {
  readonly ids: () => string;
  readonly asyncRunMs: number;
}

export interface Platform {
  readonly settings: PlatformSettings;
  readonly clock: Clock;
  readonly account: Account;
  readonly catalogue: Catalogue;
  readonly pendingRuns: PendingRuns;
  readonly countTokens: TokenCounter;
  newRequestId(): string;
}
