/**
 * An entry of the table in properties.ts. By its `kind`, schema.ts derives the check, diff.ts the comparison, state.ts
 * the reader, documentation.ts the text, and api/ the wire format.
 */
interface Described {
  /** Absent if only the state has the property. */
  readonly wire?: string;
  /** Other names that people may write. The wire name is always one. */
  readonly aliases?: readonly string[];
  /** What it is, without a full stop. The allowed values follow after a colon. */
  readonly summary: string;
  /** The default, as in "Default: no limit."; empty if required. */
  readonly absent: string;
  readonly notes?: string;
  /** `automatic`: every key has it, and the provider chooses a value when the program gives none. */
  readonly presence: "optional" | "automatic" | "required";
  readonly redacted: boolean;
}

export interface CountProperty extends Described {
  readonly kind: "count";
  readonly counts: string;
  readonly per: Window;
  readonly example: number;
}

export interface AmountProperty extends Described {
  readonly kind: "amount";
  readonly unit: string;
  readonly example: number;
}

export interface TextProperty extends Described {
  readonly kind: "text";
  readonly noun: string;
  /** The allowed values, when the kind does not say enough. */
  readonly form?: string;
  /** The next step for an empty or missing value. */
  readonly hint: string;
  /** In UTF-16 code units. */
  readonly maxLength?: number;
  readonly example: string;
}

/** A date. The past is refused, unless the value is unchanged. */
export interface DateProperty extends Described {
  readonly kind: "date";
  readonly example: string;
}

/** One of several words. It qualifies the counts beside it and has no effect without them. */
export interface ChoiceProperty<T extends string = string> extends Described {
  readonly kind: "choice";
  readonly choices: readonly T[];
  readonly default: T;
  /** The `counts` of the limits that it qualifies. */
  readonly qualifies: string;
  readonly example: T;
}

/** While it is on, the wire has `value` in place of the property that it `marks`. */
export interface FlagProperty extends Described {
  readonly kind: "flag";
  readonly marks: { readonly property: string; readonly value: string };
  readonly example: true;
}

/** One of several words. It controls the provider, and only the state has it. */
export interface PolicyProperty<T extends string = string> extends Described {
  readonly kind: "policy";
  readonly choices: readonly T[];
  readonly default: T;
  readonly example: T;
}

export interface GroupProperty<T = unknown> extends Described {
  readonly kind: "group";
  readonly properties: Properties<T>;
}

export interface SetProperty<E extends { readonly model: string } = { readonly model: string }>
  extends Described {
  readonly kind: "set";
  readonly key: { readonly model: TextProperty & { readonly wire: string } };
  readonly properties: Properties<Omit<E, "model">>;
  /** The property with the limits that apply in addition to each entry. */
  readonly within: string;
}

/** Higher limits until a day. Neither the platform nor the outputs have this property. */
export interface BoostProperty<T = unknown> extends Described {
  readonly kind: "boost";
  readonly properties: Properties<T>;
  readonly example: T;
}

/** The existing key that a new resource adopts. Only the inputs have this property. */
export interface AdoptionProperty<T = unknown> extends Described {
  readonly kind: "adoption";
  readonly properties: Properties<T>;
  readonly example: T;
}

export const WINDOWS = ["minute", "day"] as const;
export type Window = (typeof WINDOWS)[number];

export type TopLevel<P> = P & {
  readonly change: ChangeEffect;
};

/**
 * - `update`: changes the key in place.
 * - `replace`: replaces the key.
 * - `renew`: a changed value replaces the key; setting the first value or removing it does not.
 */
export type ChangeEffect = "update" | "replace" | "renew";

type PropertyFor<T> = [T] extends [readonly (infer E extends { readonly model: string })[]]
  ? SetProperty<E>
  : [T] extends [string]
    ? string extends T
      ? TextProperty | DateProperty
      : ChoiceProperty<T> | PolicyProperty<T>
    : [T] extends [number]
      ? CountProperty | AmountProperty
      : [T] extends [boolean]
        ? FlagProperty
        : "until" extends keyof T
          ? BoostProperty<T>
          : "accessKey" extends keyof T
            ? AdoptionProperty<T>
            : GroupProperty<T>;

/** Requires an entry for each property of `T`: a missing one fails the build. */
export type Properties<T> = { readonly [P in keyof T]-?: PropertyFor<NonNullable<T[P]>> };

export type TopLevelProperties<T> = { readonly [P in keyof T]-?: TopLevel<PropertyFor<NonNullable<T[P]>>> };

export type ValueProperty =
  | CountProperty
  | AmountProperty
  | TextProperty
  | DateProperty
  | ChoiceProperty
  | FlagProperty
  | PolicyProperty;

export type ValueTable = Readonly<Record<string, ValueProperty>>;
export type Group = Omit<GroupProperty, "properties"> & { readonly properties: ValueTable };
export type ModelSet = Omit<SetProperty, "properties"> & { readonly properties: ValueTable };
export type Boost = Omit<BoostProperty, "properties"> & {
  readonly properties: Readonly<Record<string, ValueProperty | Group | ModelSet>>;
};
export type Adoption = Omit<AdoptionProperty, "properties"> & { readonly properties: ValueTable };
export type AnyProperty = ValueProperty | Group | ModelSet | Boost | Adoption;
export type Table = Readonly<Record<string, TopLevel<AnyProperty>>>;

/** Whether the key or its state has the property. The others exist only in the declaration. */
export const isOfKey = <P extends AnyProperty>(property: P): property is Exclude<P, Boost | Adoption> =>
  property.kind !== "boost" && property.kind !== "adoption";

export const isOnWire = <P extends { readonly wire?: string }>(
  property: P,
): property is P & { readonly wire: string } => property.wire !== undefined;

/** A plain loop: it runs for every key in a process that has just started. */
export function mapProperties<P, R>(
  table: Readonly<Record<string, P>>,
  make: (property: P, name: string) => R,
): Record<string, R> {
  const made: Record<string, R> = {};
  for (const name in table) made[name] = make(table[name] as P, name);
  return made;
}
