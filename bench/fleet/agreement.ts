import { z } from "zod";
import { BenchError } from "../errors";
import type { ListedKey } from "./account";

const resource = z.object({
  type: z.string(),
  id: z.string().optional(),
  outputs: z.looseObject({ name: z.string().optional() }).optional(),
});
const exported = z.object({ deployment: z.object({ resources: z.array(resource) }) });

/** The keys of an exported state. */
export function keysOf(state: string): ListedKey[] {
  const { resources } = exported.parse(JSON.parse(state)).deployment;
  return resources
    .filter(({ type }) => type.endsWith(":ApiKey"))
    .map(({ id, outputs }) => {
      if (id === undefined || outputs?.name === undefined)
        throw new BenchError("a state has a key without id or name");
      return { id, name: outputs.name };
    });
}

/** How the account and the states of all stacks differ. */
export interface Agreement {
  readonly inAccount: number;
  readonly inStates: number;
  /** Ids or names in a state but not in the account. */
  readonly lost: readonly string[];
  /** Ids or names in the account but in no state. */
  readonly unknown: readonly string[];
  /** Ids or names that occur twice in the account or in the states. */
  readonly twice: readonly string[];
}

export function agreement(account: readonly ListedKey[], states: readonly ListedKey[]): Agreement {
  const word = ({ id, name }: ListedKey): string => `${id} ${name}`;
  const [there, declared] = [new Set(account.map(word)), new Set(states.map(word))];
  return {
    inAccount: account.length,
    inStates: states.length,
    lost: [...declared].filter((each) => !there.has(each)),
    unknown: [...there].filter((each) => !declared.has(each)),
    twice: [account, states].flatMap((keys) =>
      [keys.map(({ id }) => id), keys.map(({ name }) => name)].flatMap(repeated),
    ),
  };
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}
