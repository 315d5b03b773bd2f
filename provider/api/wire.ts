import * as z from "zod";
import { PROPERTIES } from "../core/properties";
import { isOfKey, type Table, type ValueProperty, type ValueTable } from "../core/property";

/**
 * The shapes of the platform's REST API. Source: the platform's SDK. Unknown fields are ignored, and an absent field
 * means the same as `null`.
 */
const wireNumber = z.number().nullish();

function wireValue(property: ValueProperty): z.ZodType {
  const { kind, presence } = property;
  const value =
    kind === "choice"
      ? z.enum(property.choices)
      : kind === "text" || kind === "date"
        ? z.string()
        : z.number();
  return presence === "optional" ? value.nullish() : value;
}

/** The shape of every property that the platform has, under its wire name. */
const shapes = <P extends { readonly wire?: string }>(
  properties: Readonly<Record<string, P>>,
  shape: (property: P) => z.ZodType,
): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.values(properties).flatMap((property) =>
      property.wire === undefined ? [] : [[property.wire, shape(property)]],
    ),
  );

const wireFields = (properties: ValueTable): z.ZodObject => z.object(shapes(properties, wireValue));

function wireProperty(property: Table[string]): z.ZodType {
  if (!isOfKey(property)) return z.unknown();
  if (property.kind === "group") return wireFields(property.properties).nullish();
  if (property.kind !== "set") return wireValue(property);
  return z.array(wireFields({ ...property.key, ...property.properties })).nullish();
}

export interface WireKey {
  readonly id: string;
  readonly name: string;
  readonly accessKey?: string | null | undefined;
  readonly isAdmin?: boolean | null | undefined;
  readonly [field: string]: unknown;
}

const wireId = z.string().min(1).or(z.number().transform(String));

const wireKeyShape = (properties: Table) => ({
  ...shapes(properties, wireProperty),
  id: wireId,
  name: z.string(),
  accessKey: z.string().nullish(),
  isAdmin: z.boolean().nullish(),
});

export const wireKeyOf = (properties: Table): z.ZodType<WireKey> => z.object(wireKeyShape(properties));

export const wireKey = wireKeyOf(PROPERTIES);

/** A key without a name in the list must not block the others. */
export const listedKey: z.ZodType<WireKey> = z.object({
  ...wireKeyShape(PROPERTIES),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? ""),
});

export interface ListEntry {
  readonly id: string | number;
  readonly name?: unknown;
  readonly isAdmin?: unknown;
}

const isEntry = (value: unknown): value is ListEntry =>
  typeof value === "object" && value !== null && "id" in value && wireId.safeParse(value.id).success;

/** An object schema would copy every entry. */
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

export type WireUsageRows = z.infer<typeof wireUsageRows>;

type Written<P> = P extends { readonly kind: "choice"; readonly choices: readonly (infer C)[] }
  ? C
  : P extends { readonly kind: "group"; readonly properties: infer G }
    ? WireBody<G> | null
    : P extends { readonly kind: "set"; readonly key: infer K; readonly properties: infer G }
      ? readonly WireBody<K & G>[]
      :
          | (P extends { readonly kind: "count" | "amount" } ? number : string)
          | (P extends { readonly presence: "optional" } ? null : never);

/** Every field is sent, because an omitted one may keep its old value. */
type WireBody<T> = {
  readonly [P in keyof T as T[P] extends { readonly wire: infer W extends string } ? W : never]: Written<
    T[P]
  >;
};

export type WireKeyBody = WireBody<typeof PROPERTIES>;
