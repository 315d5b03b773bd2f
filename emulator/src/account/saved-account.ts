import { z } from "zod";
import { assetLimitsSchema, limitsSchema, TOKEN_TYPES } from "./limits.js";

const count = z.number().int().min(0);
const maybe = z.number().min(0).nullable();
const windowLimits = z.strictObject({ requests: maybe, tokens: maybe, tokenType: z.enum(TOKEN_TYPES) });
const window = z.strictObject({
  start: z.number(),
  requests: count,
  input: count,
  output: count,
  inForce: windowLimits,
  next: windowLimits,
});

export const savedKeySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  accessKey: z.string().min(1),
  isAdmin: z.boolean(),
  createdAt: z.number(),
  sequence: count,
  budget: maybe,
  globalLimits: limitsSchema.nullable(),
  assetsLimits: z.array(assetLimitsSchema),
  expiresAt: z.number().nullable(),
});

export const savedScopeSchema = z.strictObject({
  assetId: z.string().nullable(),
  minute: window,
  day: window,
});

export const savedTotalsSchema = z.strictObject({
  spent: z.number().min(0),
  due: z.array(
    z.strictObject({ at: z.number(), assetId: z.string(), outputTokens: count, cost: z.number().min(0) }),
  ),
});

/** An account as it is kept on disk and in snapshots. */
export const savedAccountSchema = z.strictObject({
  keys: z.array(savedKeySchema),
  ledgers: z.record(z.string(), savedTotalsSchema.extend({ scopes: z.array(savedScopeSchema) })),
});
