import fc from "fast-check";
import { limitNames } from "../../provider/core/limits";
import {
  type AssetLimits,
  DELETION_POLICIES,
  type DeletionPolicy,
  type Limits,
  TOKEN_TYPES,
} from "../../provider/core/model";
import { LIMIT_PROPERTIES } from "../../provider/core/properties";

const LIMIT_NAMES = limitNames(LIMIT_PROPERTIES) as Exclude<keyof Limits, "tokenType">[];

/** Sound declarations, the material of the properties. Expiries lie far in the future. */

const count = fc.oneof(fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER), fc.nat());
const credits = fc
  .double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true })
  .map((value) => (Object.is(value, -0) ? 0 : value));

/** Printable, without spaces around: what a name or a model may look like. */
const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter(
    (value) => value.trim() === value && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value) && value.length < 250,
  );

const expiry = fc
  .date({
    min: new Date("2090-01-01T00:00:00Z"),
    max: new Date("2120-12-31T00:00:00Z"),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10))
  .chain((day) => fc.constantFrom(day, `${day}T00:00:00Z`, `${day}T02:00:00.000+02:00`));

type Loose<T> = { [P in keyof T]: T[P] | null | undefined };

/** `mess` adds null and undefined wherever they mean "absent". */
const optionally = <T>(value: fc.Arbitrary<T>, mess: boolean): fc.Arbitrary<T | null | undefined> =>
  mess
    ? fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, undefined) })
    : value;

const limitFields = (mess: boolean) => ({
  ...(Object.fromEntries(LIMIT_NAMES.map((name) => [name, optionally(count, mess)])) as Record<
    (typeof LIMIT_NAMES)[number],
    fc.Arbitrary<number | null | undefined>
  >),
  tokenType: optionally(fc.constantFrom(...TOKEN_TYPES), mess),
});

const setsLimit = (limits: object): boolean =>
  LIMIT_NAMES.some(
    (name) => (limits as Loose<Limits>)[name] !== undefined && (limits as Loose<Limits>)[name] !== null,
  );

const globalLimits = (mess = false): fc.Arbitrary<Loose<Limits>> =>
  // A token type alone is an error.
  fc
    .record(limitFields(mess), { requiredKeys: [] })
    .map((limits) => (setsLimit(limits) ? limits : { ...limits, tokenType: undefined }));

const assetLimits = (mess = false): fc.Arbitrary<(Loose<AssetLimits> & { model: string })[]> =>
  fc
    .uniqueArray(fc.record({ model: text, ...limitFields(mess) }, { requiredKeys: ["model"] }), {
      selector: ({ model }) => model,
      maxLength: 6,
    })
    .map((entries) => entries.filter(setsLimit));

interface LooseDeclaration {
  readonly name?: string | null | undefined;
  readonly budget?: number | null | undefined;
  readonly expiresAt?: string | null | undefined;
  readonly globalLimits?: Loose<Limits> | null | undefined;
  readonly assetLimits?: (Loose<AssetLimits> & { model: string })[] | null | undefined;
  readonly suspended?: boolean | null | undefined;
  readonly deletionPolicy?: DeletionPolicy | null | undefined;
  readonly rotationTrigger?: string | null | undefined;
}

export const declarations = ({ mess = false } = {}): fc.Arbitrary<LooseDeclaration> =>
  fc.record(
    {
      name: optionally(text, mess),
      budget: optionally(credits, mess),
      expiresAt: optionally(expiry, mess),
      globalLimits: optionally(globalLimits(mess), mess),
      assetLimits: optionally(assetLimits(mess), mess),
      suspended: optionally(fc.boolean(), mess),
      deletionPolicy: optionally(fc.constantFrom(...DELETION_POLICIES), mess),
      rotationTrigger: optionally(text, mess),
    },
    { requiredKeys: [] },
  );
