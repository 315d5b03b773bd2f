/**
 * What an entry of the table in properties.ts says about a property. Entries are data; by their kind, schema.ts makes a
 * check of them, diff.ts a comparison, state.ts a reader, documentation.ts the text, and api/ both ways of the wire.
 */
interface Described {
  /** The name on the wire; absent where the platform has no field for it. */
  readonly wire?: string;
  /** Other words for it that people may write instead; the wire name counts as one without being listed. */
  readonly aliases?: readonly string[];
  /** What it is, without a full stop. What a value may be follows after a colon. */
  readonly summary: string;
  /** What follows from leaving it out, as in "Left out: no limit." */
  readonly absent: string;
  /** Further sentences. */
  readonly notes?: string;
  /**
   * - `optional`: a key need not have it.
   * - `automatic`: every key has it; the provider chooses a value where the program gives none.
   * - `required`: the program must give it.
   */
  readonly presence: "optional" | "automatic" | "required";
  /** Whether messages hide its values. */
  readonly redacted: boolean;
}

/** A whole number, 0 or more, of what is counted in a window. */
export interface CountProperty extends Described {
  readonly kind: "count";
  readonly counts: string;
  /** Windows are those of {@link WINDOWS}. */
  readonly per: Window;
  readonly example: number;
}

/** A number, 0 or more. */
export interface AmountProperty extends Described {
  readonly kind: "amount";
  readonly unit: string;
  readonly example: number;
}

/** Printable text without spaces around it. */
export interface TextProperty extends Described {
  readonly kind: "text";
  /** Such as "a name". */
  readonly noun: string;
  /** What is allowed, where that says more than the kind. */
  readonly form?: string;
  /** The way out of an empty or a missing value. */
  readonly hint: string;
  /** In UTF-16 code units. */
  readonly maxLength?: number;
  readonly example: string;
}

/** A date at whose midnight UTC something happens; in the past it is refused unless it is unchanged. */
export interface DateProperty extends Described {
  readonly kind: "date";
  readonly example: string;
}

/** One of several words. It tells how the counts beside it count and means nothing without one. */
export interface ChoiceProperty<T extends string = string> extends Described {
  readonly kind: "choice";
  readonly choices: readonly T[];
  /** What leaving it out means. */
  readonly default: T;
  /** The `counts` of the limits that it speaks of. */
  readonly qualifies: string;
  readonly example: T;
}

/** On or off. While it is on, `value` stands on the wire in the place of the property that it `marks`. */
export interface FlagProperty extends Described {
  readonly kind: "flag";
  readonly marks: { readonly property: string; readonly value: string };
  readonly example: true;
}

/** One of several words that tell the provider what to do. The platform knows nothing of it: the state alone holds it. */
export interface PolicyProperty<T extends string = string> extends Described {
  readonly kind: "policy";
  readonly choices: readonly T[];
  /** What leaving it out means. */
  readonly default: T;
  readonly example: T;
}

/** Limits of one scope. Without any limit they mean the same as none. */
export interface GroupProperty<T = unknown> extends Described {
  readonly kind: "group";
  readonly properties: Properties<T>;
}

/** Limits by model: one entry per model, in any order. */
export interface SetProperty<E extends { readonly model: string } = { readonly model: string }>
  extends Described {
  readonly kind: "set";
  readonly key: { readonly model: TextProperty & { readonly wire: string } };
  readonly properties: Properties<Omit<E, "model">>;
  /** The property with the limits that hold together with each entry. */
  readonly within: string;
}

/** Limits that hold in the place of lower ones until a day. Neither the platform nor the outputs have it as such. */
export interface BoostProperty<T = unknown> extends Described {
  readonly kind: "boost";
  readonly properties: Properties<T>;
  readonly example: T;
}

/** Which existing key a new resource takes over. It acts at the creation, and is kept nowhere but in the inputs. */
export interface AdoptionProperty<T = unknown> extends Described {
  readonly kind: "adoption";
  readonly properties: Properties<T>;
  readonly example: T;
}

/** The windows of limits, the shortest first. */
export const WINDOWS = ["minute", "day"] as const;
export type Window = (typeof WINDOWS)[number];

/** A property of the resource itself. */
export type TopLevel<P> = P & {
  /** What a change of it, or of a part of it, does to the key. */
  readonly change: "update" | "replace";
};

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

/** An entry for each property of `T`: one that is left out fails the build. */
export type Properties<T> = { readonly [P in keyof T]-?: PropertyFor<NonNullable<T[P]>> };

/** The same for the properties of the resource itself. */
export type TopLevelProperties<T> = { readonly [P in keyof T]-?: TopLevel<PropertyFor<NonNullable<T[P]>>> };

export type ValueProperty =
  | CountProperty
  | AmountProperty
  | TextProperty
  | DateProperty
  | ChoiceProperty
  | FlagProperty
  | PolicyProperty;

/** A table as the functions over it see it: what it describes is not known to them. */
export type ValueTable = Readonly<Record<string, ValueProperty>>;
export type Group = Omit<GroupProperty, "properties"> & { readonly properties: ValueTable };
export type ModelSet = Omit<SetProperty, "properties"> & { readonly properties: ValueTable };
export type Boost = Omit<BoostProperty, "properties"> & {
  readonly properties: Readonly<Record<string, ValueProperty | Group | ModelSet>>;
};
export type Adoption = Omit<AdoptionProperty, "properties"> & { readonly properties: ValueTable };
export type AnyProperty = ValueProperty | Group | ModelSet | Boost | Adoption;
export type Table = Readonly<Record<string, TopLevel<AnyProperty>>>;

/** Whether a key has the property, or Pulumi's state of it. The rest is in what programs declare alone. */
export const isOfKey = <P extends AnyProperty>(property: P): property is Exclude<P, Boost | Adoption> =>
  property.kind !== "boost" && property.kind !== "adoption";

/** Whether the platform has a field for the property. */
export const isOnWire = <P extends { readonly wire?: string }>(
  property: P,
): property is P & { readonly wire: string } => property.wire !== undefined;

/** What `make` makes of each property, under its name. A plain loop: it runs for every key, in a process just started. */
export function mapProperties<P, R>(
  table: Readonly<Record<string, P>>,
  make: (property: P, name: string) => R,
): Record<string, R> {
  const made: Record<string, R> = {};
  for (const name in table) made[name] = make(table[name] as P, name);
  return made;
}
