import type { z } from "zod";
import type { Account } from "../account/account.js";
import type { Clock } from "../account/clock.js";
import { instant, savedAccountSchema } from "../account/saved-account.js";
import { badRequest, type Problem } from "../errors.js";
import type { PendingRuns } from "../runs/pending-runs.js";

export const snapshotSchema = savedAccountSchema.extend({
  at: instant,
});

/** Contains full access keys: treat it as a secret. */
export type Snapshot = z.infer<typeof snapshotSchema>;

export function takeSnapshot({ account, clock }: { account: Account; clock: Clock }): Snapshot {
  const { keys, ledgers } = structuredClone(account.save());
  return {
    at: clock.now(),
    keys: keys.map((key) => ({ ...key, assetsLimits: [...key.assetsLimits] })),
    ledgers,
  };
}

/**
 * Restores the account. Keeps the clock, forgets asynchronous runs in progress.
 * @throws `ApiError` (400) with everything that is wrong; nothing has changed then
 */
export function restoreSnapshot(
  { account, clock, pendingRuns }: { account: Account; clock: Clock; pendingRuns: PendingRuns },
  snapshot: unknown,
): void {
  const parsed = snapshotSchema.safeParse(snapshot);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    throw badRequest(problems, parsed.error);
  }
  const problems = [...contradictionsOf(parsed.data)];
  // The schema passes over this name.
  if (Object.hasOwn((snapshot as Snapshot).ledgers, "__proto__")) problems.push(STRAY_LEDGER);
  if (problems.length > 0) throw badRequest(problems);
  account.load(structuredClone(parsed.data));
  account.reopenWindows(clock.now());
  pendingRuns.clear();
}

const STRAY_LEDGER: Problem = { path: "ledgers", message: "contain one of a key that does not exist" };

/** Contradictions between fields that are valid by themselves. */
function* contradictionsOf({ keys, ledgers }: Snapshot): Generator<Problem> {
  if (!keys.some(({ isAdmin }) => isAdmin)) yield { path: "keys", message: "contain no admin key" };
  for (const field of ["id", "name", "accessKey"] as const) {
    const seen = new Set<string>();
    for (const [index, key] of keys.entries()) {
      if (seen.has(key[field])) yield { path: `keys.${index}.${field}`, message: "occurs twice" };
      seen.add(key[field]);
    }
  }
  for (const [index, { assetsLimits }] of keys.entries()) {
    const assets = assetsLimits.map(({ assetId }) => assetId);
    if (new Set(assets).size < assets.length)
      yield { path: `keys.${index}.assetsLimits`, message: "limit a model twice" };
  }
  const ids = new Set(keys.map(({ id }) => id));
  for (const [id, { scopes }] of Object.entries(ledgers)) {
    if (!ids.has(id)) yield STRAY_LEDGER;
    const assets = scopes.map(({ assetId }) => assetId);
    if (new Set(assets).size < assets.length) yield { path: "ledgers", message: "count a model twice" };
    if (!assets.includes(null)) yield { path: "ledgers", message: "lack the counters of a whole key" };
  }
}
