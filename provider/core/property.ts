/**
 * An entry of the table in properties.ts. By its `kind`, schema.ts derives the check, diff.ts the comparison, state.ts
 * the reader, documentation.ts the text, and api/ the wire format.
 */
interface Described {
  /** The name on the wire; absent where the platform knows nothing of it, and only the state keeps it. */
  readonly wire?: string;
  /** Other words for it that people may write instead; the wire name counts as one without being listed. */
  readonly aliases?: readonly string[];
  /** What it is, without a full stop. The allowed values follow after a colon. */
  readonly summary: string;
  /** What omitting it means, as in "Left out: no limit." */
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

/** Printable text without surrounding spaces. */
export interface TextProperty extends Described {
  readonly kind: "text";
  /** Such as "a name". */
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

export interface GroupProperty<T = unknown> extends Described {
  readonly kind: "group";
  readonly properties: Properties<T>;
}

export interface SetProperty<E extends { readonly model: string } = { readonly model: string }>
  extends Described {
  readonly kind: "set";
  readonly key: { readonly model: TextProperty };
  readonly properties: Properties<Omit<E, "model">>;
  /** The property with the limits that apply in addition to each entry. */
  readonly within: string;
}

/** Shortest first. */
export const WINDOWS = ["minute", "day"] as const;
export type Window = (typeof WINDOWS)[number];

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

/** Requires an entry for each property of `T`: a missing one fails the build. */
export type Properties<T> = { readonly [P in keyof T]-?: PropertyFor<NonNullable<T[P]>> };

export type TopLevelProperties<T> = { readonly [P in keyof T]-?: TopLevel<PropertyFor<NonNullable<T[P]>>> };

export type ValueProperty = CountProperty | AmountProperty | TextProperty | DateProperty | ChoiceProperty;

export type ValueTable = Readonly<Record<string, ValueProperty>>;
export type Group = Omit<GroupProperty, "properties"> & { readonly properties: ValueTable };
export type ModelSet = Omit<SetProperty, "properties"> & { readonly properties: ValueTable };
export type Table = Readonly<Record<string, TopLevel<ValueProperty | Group | ModelSet>>>;

/** A plain loop: it runs for every key in a process that has just started. */
export function mapProperties<P, R>(
  table: Readonly<Record<string, P>>,
  make: (property: P, name: string) => R,
): Record<string, R> {
  const made: Record<string, R> = {};
  for (const name in table) made[name] = make(table[name] as P, name);
  return made;
}
