import * as z from "zod";
import { PROPERTIES } from "../core/properties";
import { isOfKey, isOnWire, type Table, type ValueProperty, type ValueTable } from "../core/property";

/**
 * The shapes of the platform's REST API, as its own SDK speaks them. Answers are read tolerantly: unknown fields are
 * ignored, an absent field and `null` mean the same. Only what the provider cannot do without is required.
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

const fields = <P extends { readonly wire?: string }>(
  properties: Readonly<Record<string, P>>,
  field: (property: P) => z.ZodType,
): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.values(properties)
      .filter(isOnWire)
      .map((property) => [property.wire, field(property)]),
  );

const wireFields = (properties: ValueTable): z.ZodObject => z.object(fields(properties, wireValue));

function wireProperty(property: Table[string]): z.ZodType {
  if (!isOfKey(property)) return z.unknown();
  if (property.kind === "group") return wireFields(property.properties).nullish();
  if (property.kind !== "set") return wireValue(property);
  return z.array(wireFields({ ...property.key, ...property.properties })).nullish();
}

/** A key as the platform shows it; the fields of its properties are named by the table. */
export interface WireKey {
  readonly id: string;
  readonly name: string;
  readonly accessKey?: string | null | undefined;
  readonly isAdmin?: boolean | null | undefined;
  readonly [field: string]: unknown;
}

const wireId = z.string().min(1).or(z.number().transform(String));

const wireKeyShape = (properties: Table) => ({
  ...fields(properties, wireProperty),
  id: wireId,
  name: z.string(),
  accessKey: z.string().nullish(),
  isAdmin: z.boolean().nullish(),
});

export const wireKeyOf = (properties: Table): z.ZodType<WireKey> => z.object(wireKeyShape(properties));

export const wireKey = wireKeyOf(PROPERTIES);

/** In a list one key without a name must not stop everybody from managing the others. */
export const listedKey: z.ZodType<WireKey> = z.object({
  ...wireKeyShape(PROPERTIES),
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
  typeof value === "object" && value !== null && "id" in value && wireId.safeParse(value.id).success;

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

export type WireUsageRows = z.infer<typeof wireUsageRows>;

/** A value as it is written: of a choice its word, of the rest a number or text, `null` for none. */
type Written<P> = P extends { readonly kind: "choice"; readonly choices: readonly (infer C)[] }
  ? C
  : P extends { readonly kind: "group"; readonly properties: infer G }
    ? WireBody<G> | null
    : P extends { readonly kind: "set"; readonly key: infer K; readonly properties: infer G }
      ? readonly WireBody<K & G>[]
      :
          | (P extends { readonly kind: "count" | "amount" } ? number : string)
          | (P extends { readonly presence: "optional" } ? null : never);

/** Properties as they are written: every field is said, because a field left out may keep its old value. */
type WireBody<T> = {
  readonly [P in keyof T as T[P] extends { readonly wire: infer W extends string } ? W : never]: Written<
    T[P]
  >;
};

/** The body of a create or an update. */
export type WireKeyBody = WireBody<typeof PROPERTIES>;
