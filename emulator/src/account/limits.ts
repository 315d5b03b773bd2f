import { z } from "zod";

export const TOKEN_TYPES = ["input", "output", "total"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

const count = z.number().int().min(0).nullable();

/** Limits in the platform's own terms: tokens and requests, per minute and per day. `null` is no limit, 0 is none allowed. */
export const limitsSchema = z.strictObject({
  tpm: count,
  tpd: count,
  rpm: count,
  rpd: count,
  tokenType: z.enum(TOKEN_TYPES).nullable(),
});
export type Limits = Readonly<z.infer<typeof limitsSchema>>;

export const assetLimitsSchema = limitsSchema.extend({ assetId: z.string().min(1) });
export type AssetLimits = Readonly<z.infer<typeof assetLimitsSchema>>;

/** As a caller may write them: whatever is absent is `null`, and unknown fields are passed over. */
export const writtenLimitsSchema = z.object(limitsSchema.partial().shape);
export type WrittenLimits = z.input<typeof writtenLimitsSchema>;

export const writtenAssetLimitsSchema = writtenLimitsSchema.extend({
  assetId: assetLimitsSchema.shape.assetId,
});

export const toLimits = ({ tpm, tpd, rpm, rpd, tokenType }: WrittenLimits): Limits => ({
  tpm: tpm ?? null,
  tpd: tpd ?? null,
  rpm: rpm ?? null,
  rpd: rpd ?? null,
  tokenType: tokenType ?? null,
});
