import { z } from "zod";

export const TOKEN_TYPES = ["input", "output", "total"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

const count = z.number().int().min(0).nullable();

/** Limits in the platform's terms. `null` is no limit, 0 allows nothing. */
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

/** The written form: missing limits are `null`, unknown fields are ignored. */
export const writtenLimitsSchema = z.object(limitsSchema.partial().shape);
export type WrittenLimits = z.input<typeof writtenLimitsSchema>;

export const writtenAssetLimitsSchema = writtenLimitsSchema.extend({
  assetId: assetLimitsSchema.shape.assetId,
});

/** @param before values of missing limits; default `null` */
export const toLimits = (written: WrittenLimits, before?: Limits | null): Limits => {
  const of = <Name extends keyof Limits>(name: Name): Limits[Name] => {
    const value = written[name] as Limits[Name] | undefined;
    return value === undefined ? ((before?.[name] ?? null) as Limits[Name]) : value;
  };
  return { tpm: of("tpm"), tpd: of("tpd"), rpm: of("rpm"), rpd: of("rpd"), tokenType: of("tokenType") };
};

export const withoutZeros = <Some extends Limits>(limits: Some): Some => ({
  ...limits,
  tpm: limits.tpm || null,
  tpd: limits.tpd || null,
  rpm: limits.rpm || null,
  rpd: limits.rpd || null,
});
