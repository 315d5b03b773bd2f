import * as z from "zod";

/**
 * The shapes of the platform's REST API, as its own SDK speaks them. Answers are read tolerantly: unknown fields are
 * ignored, an absent field and `null` mean the same. Only what the provider cannot do without is required.
 */
const wireNumber = z.number().nullish();

const wireLimits = z.object({
  tpm: wireNumber,
  tpd: wireNumber,
  rpm: wireNumber,
  rpd: wireNumber,
  tokenType: z.enum(["input", "output", "total"]).nullish(),
});

export const wireKey = z.object({
  id: z.string().min(1).or(z.number().transform(String)),
  name: z.string(),
  accessKey: z.string().nullish(),
  budget: wireNumber,
  globalLimits: wireLimits.nullish(),
  assetsLimits: z.array(wireLimits.extend({ assetId: z.string() })).nullish(),
  expiresAt: z.string().nullish(),
  isAdmin: z.boolean().nullish(),
});

/** In a list one key without a name must not stop everybody from managing the others. */
export const listedKey = wireKey.extend({
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? ""),
});

/** A key of a list before it is looked at more closely than it takes to find it. */
export interface ListEntry {
  readonly id: string | number;
  readonly name?: unknown;
  readonly isAdmin?: unknown;
}

const isEntry = (value: unknown): value is ListEntry =>
  typeof value === "object" &&
  value !== null &&
  "id" in value &&
  wireKey.shape.id.safeParse(value.id).success;

/** Not by an object schema, which would make a copy of every entry: an account can have thousands. */
export const wireKeys = z.array(z.custom<ListEntry>(isEntry, "is not a key with an id"));

export const wireUsageRows = z.array(
  z.object({
    requestCount: wireNumber,
    requestCountLimit: wireNumber,
    tokenCount: wireNumber,
    tokenCountLimit: wireNumber,
    assetId: z.string().nullish(),
  }),
);

export const wireModel = z.object({
  id: z.string().min(1),
  path: z.string().nullish(),
  name: z.string().nullish(),
});

export type WireKey = z.infer<typeof wireKey>;
export type WireLimits = z.infer<typeof wireLimits>;
export type WireUsageRows = z.infer<typeof wireUsageRows>;

/** Limits as they are written: every field is said, `null` for none, because a field left out may keep its old value. */
export interface WireLimitsBody {
  readonly tpm: number | null;
  readonly tpd: number | null;
  readonly rpm: number | null;
  readonly rpd: number | null;
  readonly tokenType: "input" | "output" | "total";
}

/** The body of a create or an update. */
export interface WireKeyBody {
  readonly name: string;
  readonly budget: number | null;
  readonly globalLimits: WireLimitsBody | null;
  readonly assetsLimits: readonly (WireLimitsBody & { readonly assetId: string })[];
  readonly expiresAt: string | null;
}
