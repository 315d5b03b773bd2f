/**
 * What an entry of the table in properties.ts says about a property. Entries are data; by their kind, schema.ts makes a
 * check of them, diff.ts a comparison, state.ts a reader, documentation.ts the text, and api/ both ways of the wire.
 */
interface Described {
  /** The name on the wire; absent where the platform knows nothing of it, and only the state keeps it. */
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

/** Limits of one scope. Without any limit they mean the same as none. */
export interface GroupProperty<T = unknown> extends Described {
  readonly kind: "group";
  readonly properties: Properties<T>;
}

/** Limits by model: one entry per model, in any order. */
export interface SetProperty<E extends { readonly model: string } = { readonly model: string }>
  extends Described {
  readonly kind: "set";
  readonly key: { readonly model: TextProperty };
  readonly properties: Properties<Omit<E, "model">>;
  /** The property with the limits that hold together with each entry. */
  readonly within: string;
}

/** The windows of limits, the shortest first. */
export const WINDOWS = ["minute", "day"] as const;
export type Window = (typeof WINDOWS)[number];

/** A property of the resource itself. */
export type TopLevel<P> = P & {
  /** What a change of it, or of a part of it, does to the key. */
  readonly change: ChangeEffect;
};

/**
 * - `update`: the key is changed in place.
 * - `replace`: the key is replaced.
 * - `renew`: another value replaces the key; the first value and none at all leave it as it is.
 */
export type ChangeEffect = "update" | "replace" | "renew";

type PropertyFor<T> = [T] extends [readonly (infer E extends { readonly model: string })[]]
  ? SetProperty<E>
  : [T] extends [string]
    ? string extends T
      ? TextProperty | DateProperty
      : ChoiceProperty<T>
    : [T] extends [number]
      ? CountProperty | AmountProperty
      : GroupProperty<T>;

/** An entry for each property of `T`: one that is left out fails the build. */
export type Properties<T> = { readonly [P in keyof T]-?: PropertyFor<NonNullable<T[P]>> };

/** The same for the properties of the resource itself. */
export type TopLevelProperties<T> = { readonly [P in keyof T]-?: TopLevel<PropertyFor<NonNullable<T[P]>>> };

export type ValueProperty = CountProperty | AmountProperty | TextProperty | DateProperty | ChoiceProperty;

/** A table as the functions over it see it: what it describes is not known to them. */
export type ValueTable = Readonly<Record<string, ValueProperty>>;
export type Group = Omit<GroupProperty, "properties"> & { readonly properties: ValueTable };
export type ModelSet = Omit<SetProperty, "properties"> & { readonly properties: ValueTable };
export type Table = Readonly<Record<string, TopLevel<ValueProperty | Group | ModelSet>>>;

/** What `make` makes of each property, under its name. A plain loop: it runs for every key, in a process just started. */
export function mapProperties<P, R>(
  table: Readonly<Record<string, P>>,
  make: (property: P, name: string) => R,
): Record<string, R> {
  const made: Record<string, R> = {};
  for (const name in table) made[name] = make(table[name] as P, name);
  return made;
}
