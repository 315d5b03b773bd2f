import { z } from "zod";
import { isAccessKey } from "./api-key.js";
import { EARLIEST, LATEST } from "./clock.js";
import { assetLimitsSchema, limitsSchema, TOKEN_TYPES } from "./limits.js";

const count = z.number().int().min(0);
const maybe = z.number().min(0).nullable();
export const instant = z.number().min(EARLIEST).max(LATEST);
const windowLimits = z.strictObject({ requests: maybe, tokens: maybe, tokenType: z.enum(TOKEN_TYPES) });
const window = z.strictObject({
  start: instant,
  requests: count,
  input: count,
  output: count,
  inForce: windowLimits,
  next: windowLimits,
});

/** Ids become property names, so names of `Object.prototype` are refused. */
const id = z
  .string()
  .min(1)
  .refine((text) => !(text in {}), { message: "is not an id" });

export const savedKeySchema = z.strictObject({
  id,
  name: z.string().min(1),
  accessKey: z.string().refine(isAccessKey, {
    message: "is not an access key: use 12 or more printable ASCII characters, no spaces",
  }),
  isAdmin: z.boolean(),
  createdAt: instant,
  sequence: count,
  budget: maybe,
  globalLimits: limitsSchema.nullable(),
  assetsLimits: z.array(assetLimitsSchema),
  expiresAt: instant.nullable(),
});

export const savedScopeSchema = z.strictObject({
  assetId: z.string().nullable(),
  minute: window,
  day: window,
});

export const savedTotalsSchema = z.strictObject({
  spent: z.number().min(0),
  due: z.array(
    z.strictObject({ at: instant, assetId: z.string(), outputTokens: count, cost: z.number().min(0) }),
  ),
});

export const savedAccountSchema = z.strictObject({
  keys: z.array(savedKeySchema),
  ledgers: z.record(z.string(), savedTotalsSchema.extend({ scopes: z.array(savedScopeSchema) })),
});
