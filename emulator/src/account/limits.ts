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

/** @param before what a limit keeps that is absent; without it an absent one is `null` */
export const toLimits = (written: WrittenLimits, before?: Limits | null): Limits => {
  const of = <Name extends keyof Limits>(name: Name): Limits[Name] => {
    const value = written[name] as Limits[Name] | undefined;
    return value === undefined ? ((before?.[name] ?? null) as Limits[Name]) : value;
  };
  return { tpm: of("tpm"), tpd: of("tpd"), rpm: of("rpm"), rpd: of("rpd"), tokenType: of("tokenType") };
};

/** Limits as they are enforced where 0 means that there is no limit. */
export const withoutZeros = <Some extends Limits>(limits: Some): Some => ({
  ...limits,
  tpm: limits.tpm || null,
  tpd: limits.tpd || null,
  rpm: limits.rpm || null,
  rpd: limits.rpd || null,
});
