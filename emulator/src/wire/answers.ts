import { z } from "zod";
import { assetLimitsSchema, limitsSchema } from "../account/limits.js";

const count = z.number().int().min(0).nullable();

export const key = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  accessKey: z.string().min(12),
  budget: z.number().min(0).nullable(),
  globalLimits: limitsSchema.nullable(),
  assetsLimits: z.array(assetLimitsSchema),
  expiresAt: z.iso.datetime().nullable(),
  isAdmin: z.boolean(),
});

export const maskedKey = key.extend({ accessKey: z.string().regex(/^(\S{4})?\*+(\S{4})?$/) });
export const keys = z.array(maskedKey);

export const usage = z.array(
  z.strictObject({
    requestCount: count,
    requestCountLimit: count,
    tokenCount: count,
    tokenCountLimit: count,
    assetId: z.string().min(1).optional(),
  }),
);

export const nothing = z.strictObject({});

const model = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string(),
  function: z.object({ id: z.literal("text-generation"), name: z.string() }),
  supplier: z.object({ name: z.string(), code: z.string() }),
  version: z.object({ id: z.string() }),
  pricing: z.object({ currency: z.string(), value: z.number() }),
  params: z.array(z.object({ name: z.string(), required: z.boolean(), defaultValues: z.array(z.unknown()) })),
  status: z.literal("onboarded"),
  functionType: z.literal("ai"),
});
export const modelV1 = model.extend({ attributes: z.array(z.unknown()) });
export const modelV2 = model.extend({
  attributes: z.record(z.string(), z.unknown()),
  path: z.string().includes("/").optional(),
});

const tokens = z.number().int().min(0);
export const run = z.union([
  z.strictObject({
    status: z.literal("SUCCESS"),
    completed: z.literal(true),
    data: z.string(),
    usedCredits: z.number().min(0),
    runTime: z.number().min(0),
    usage: z.strictObject({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens }),
    details: z.array(
      z.strictObject({
        index: z.number().int(),
        message: z.strictObject({ role: z.literal("assistant"), content: z.string() }),
        logprobs: z.null(),
        finish_reason: z.enum(["stop", "length"]),
      }),
    ),
    asset: z.strictObject({ assetId: z.string(), id: z.string() }),
    requestId: z.string().min(1),
  }),
  z.strictObject({
    status: z.literal("IN_PROGRESS"),
    completed: z.literal(false),
    data: z.url().optional(),
    url: z.url().optional(),
    requestId: z.string().min(1).optional(),
  }),
]);

export const failure = z.looseObject({
  statusCode: z.number().int().min(400).max(599),
  message: z.string().min(1),
  error: z.string().min(1),
  supplierError: z.string().min(1),
});
