import { z } from "zod";
import { TOKEN_TYPES } from "../account/api-key.js";
import type { Service } from "../service.js";

const count = z.number().int().min(0);
const maybe = z.number().min(0).nullable();
const tokenType = z.enum(TOKEN_TYPES);
const limits = { tpm: maybe, tpd: maybe, rpm: maybe, rpd: maybe, tokenType: tokenType.nullable() };
const windowLimits = z.strictObject({ requests: maybe, tokens: maybe, tokenType });
const window = z.strictObject({
  start: z.number(),
  requests: count,
  input: count,
  output: count,
  inForce: windowLimits,
  next: windowLimits,
});

export const keySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  accessKey: z.string().min(1),
  isAdmin: z.boolean(),
  createdAt: z.number(),
  sequence: count,
  budget: maybe,
  globalLimits: z.strictObject(limits).nullable(),
  assetsLimits: z.array(z.strictObject({ ...limits, assetId: z.string().min(1) })),
  expiresAt: z.number().nullable(),
});

export const scopeSchema = z.strictObject({ assetId: z.string().nullable(), minute: window, day: window });

export const totalsSchema = z.strictObject({
  spent: z.number().min(0),
  due: z.array(
    z.strictObject({ at: z.number(), assetId: z.string(), outputTokens: count, cost: z.number().min(0) }),
  ),
});

const ledgerSchema = totalsSchema.extend({ scopes: z.array(scopeSchema) });

export const snapshotSchema = z.strictObject({
  /** The instant at which it was taken, by the emulator's clock. */
  at: z.number(),
  keys: z.array(keySchema),
  ledgers: z.record(z.string(), ledgerSchema),
});

/** An account at one instant. It holds access keys in full: treat it as a secret. */
export type Snapshot = z.infer<typeof snapshotSchema>;

export function takeSnapshot({ account, clock }: Service): Snapshot {
  const { keys, ledgers } = structuredClone(account.save());
  return {
    at: clock.now(),
    keys: keys.map((key) => ({ ...key, assetsLimits: [...key.assetsLimits] })),
    ledgers,
  };
}

/** Puts the account back. The clock stays as it is; asynchronous runs that are still under way are forgotten. */
export function restoreSnapshot({ account, pendingRuns }: Service, snapshot: Snapshot): void {
  account.load(snapshotSchema.parse(structuredClone(snapshot)));
  pendingRuns.clear();
}
