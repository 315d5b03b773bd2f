import { z } from "zod";
import type { Account } from "../account/account.js";
import type { Clock } from "../account/clock.js";
import { savedAccountSchema } from "../account/saved-account.js";
import type { PendingRuns } from "../runs/pending-runs.js";

export const snapshotSchema = savedAccountSchema.extend({
  /** The instant at which it was taken, by the emulator's clock. */
  at: z.number(),
});

/** An account at one instant. It holds access keys in full: treat it as a secret. */
export type Snapshot = z.infer<typeof snapshotSchema>;

export function takeSnapshot({ account, clock }: { account: Account; clock: Clock }): Snapshot {
  const { keys, ledgers } = structuredClone(account.save());
  return {
    at: clock.now(),
    keys: keys.map((key) => ({ ...key, assetsLimits: [...key.assetsLimits] })),
    ledgers,
  };
}

/** Puts the account back. The clock stays as it is; asynchronous runs that are still under way are forgotten. */
export function restoreSnapshot(
  { account, pendingRuns }: { account: Account; pendingRuns: PendingRuns },
  snapshot: Snapshot,
): void {
  account.load(snapshotSchema.parse(structuredClone(snapshot)));
  pendingRuns.clear();
}
