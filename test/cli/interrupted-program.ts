import { autoName, identityOf } from "../../provider/core/auto-name";
import { DYNAMIC_TYPE } from "../../provider/dynamic/stub";

/** A key of the program: its logical name, and what the program writes for its name. */
interface Declared {
  readonly logicalName: string;
  /** `undefined` is an output that turns out to be none; absent, the program writes no name. */
  readonly name?: string | undefined;
}

const logicalName = (n: number): string => `key-${n}`;

/** Every fifth key has a name of its own choosing, and every fifth one that turns out undefined. */
const BEFORE: readonly Declared[] = Array.from({ length: 20 }, (_, n) => ({
  logicalName: logicalName(n),
  ...(n % 5 === 2 ? { name: `fixed-${Math.floor(n / 5)}` } : {}),
  ...(n % 5 === 3 ? { name: undefined } : {}),
}));

/**
 * A swap (key-2 and key-7), a chain (key-17 gives up its name, key-12 takes it, key-18 takes that of key-12), a name that
 * was an automatic one, one that comes to be undefined, a key that goes and one that comes.
 */
const RENAMED: Readonly<Record<number, string | undefined>> = {
  2: "fixed-1",
  7: "fixed-0",
  12: "fixed-3",
  17: undefined,
  18: "fixed-2",
  4: "fixed-late",
};
const AFTER: readonly Declared[] = [
  ...BEFORE.slice(0, -1).map((key, n) => (n in RENAMED ? { ...key, name: RENAMED[n] } : key)),
  { logicalName: logicalName(20), name: undefined },
];

/** One of the two programs: the keys that it declares. The second asks for a write of every key. */
export interface Program {
  readonly keys: readonly Declared[];
  readonly budget: number;
}

export const FIRST: Program = { keys: BEFORE, budget: 1 };
export const CHANGED: Program = { keys: AFTER, budget: 2 };
/** The second one without its removal: nobody can name what a killed run left of a resource that is gone from the program. */
export const CHANGED_BUT_KEPT: Program = { keys: [...BEFORE.slice(-1), ...AFTER], budget: 2 };

export const fixedNames = ({ keys }: Program): string[] =>
  keys.flatMap(({ name }) => (name === undefined ? [] : [name]));

export const sourceOf = ({ keys, budget }: Program): string =>
  keys
    .map(({ logicalName, ...key }) => {
      const name = !("name" in key)
        ? ""
        : `name: ${key.name === undefined ? "pulumi.output(Promise.resolve(undefined))" : JSON.stringify(key.name)}, `;
      return `new ApiKey(${JSON.stringify(logicalName)}, { ${name}budget: ${budget}, globalLimits: { requestsPerDay: 9 } });`;
    })
    .join("\n");

/** The first automatic name of a resource: what a stack of the same name in another backend gives as well. */
export const firstAutoName = (logicalName: string): string =>
  autoName(logicalName, identityOf(`urn:pulumi:test::project::${DYNAMIC_TYPE}::${logicalName}`), 0);
