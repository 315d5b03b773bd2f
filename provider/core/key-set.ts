import { type Decimal, decimal, decimalText, isEqual, percent, product, sum, toNumber } from "./decimal";
import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import { PROPERTIES } from "./properties";
import { isPlainObject, show } from "./quote";
import { type Named, SetReading } from "./set-reading";

/** The plan of a key set: its members, their environments, and the division of the budget. */

type Fields = Readonly<Record<string, unknown>>;

export interface PlannedKey {
  /** `ada/prod`, or `ada` where the set has no environments. */
  readonly path: string;
  /** Its declarations, the most specific first. */
  readonly parts: readonly Fields[];
  /** Its share of the total budget; `undefined` if the set has no budget. */
  readonly budget: number | undefined;
}

export type SetPlan =
  | { readonly ok: true; readonly keys: readonly PlannedKey[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const SET_PROPERTIES = ["members", "environments", "defaults", "budget", "reserve"];
const KEY_PROPERTIES = Object.keys(PROPERTIES).filter((name) => name !== "name");

const OWN = {
  defaults: [],
  environments: ["share"],
  members: ["share", "environments"],
} as const;

const HUNDRED = decimal(100);

const list = (values: readonly (Decimal | undefined)[]): Decimal[] =>
  values.filter((each) => each !== undefined);

/** The shares of one map. Together with the reserve they must add up to 100. */
function shares(
  reading: SetReading,
  property: string,
  entries: readonly Named[],
  budget: Decimal | undefined,
  reserve: Decimal | undefined,
): readonly (Decimal | undefined)[] {
  const alone = property === "environments" && entries.length === 1;
  const read = entries.map(({ path, name, fields }) => {
    const { share } = fields;
    const given = share !== undefined && share !== null;
    if (given && budget === undefined) {
      reading.refuse(
        `${path}.share`,
        "has no effect without a budget: set the budget of the set, or remove the share",
      );
      return undefined;
    }
    if (!given && budget !== undefined && !alone) {
      reading.refuse(
        `${path}.share`,
        `is missing: set the share of ${show(name)} in percent. The set has a budget of ${decimalText(budget)} credits`,
      );
    }
    return given ? reading.number(`${path}.share`, share, "a percentage", 100) : alone ? HUNDRED : undefined;
  });
  const complete = budget !== undefined && read.every((each) => each !== undefined);
  const all = sum([...list(read), ...list([reserve])]);
  if (complete && entries.length > 0 && !isEqual(all, HUNDRED)) {
    const kept = reserve === undefined ? "" : ` with the reserve of ${decimalText(reserve)}`;
    const wayOut =
      property === "members" ? "correct them, or set the difference as `reserve`" : "correct them";
    reading.refuse(
      property,
      `have shares that add up to ${decimalText(all)} percent${kept} instead of 100: ${wayOut}`,
    );
  }
  return read;
}

function readParts(reading: SetReading, args: Fields, hasBudget: boolean) {
  const part = (path: string, fields: Fields, own: readonly string[]): void => {
    reading.foreign(path, fields, [...own, ...KEY_PROPERTIES], "a part of a set");
    if (hasBudget && fields.budget !== undefined && fields.budget !== null) {
      reading.refuse(
        `${path}.budget`,
        "conflicts with the total budget of the set: set a share instead, or remove one of the two",
      );
    }
  };
  const defaults = reading.object("defaults", args.defaults, "an object");
  const environments = reading.entries("environments", args.environments, "environment");
  const members = reading.entries("members", args.members, "member");
  part("defaults", defaults, OWN.defaults);
  for (const { path, fields } of environments) part(path, fields, OWN.environments);
  const known = environments.map(({ name }) => name);
  for (const { path, fields } of members) {
    part(path, fields, OWN.members);
    for (const special of reading.entries(`${path}.environments`, fields.environments, "environment")) {
      part(special.path, special.fields, []);
      if (known.includes(special.name)) continue;
      const hint = didYouMean(nearest(special.name, known));
      const all = known.length === 0 ? "it has none" : `known: ${known.join(", ")}`;
      reading.refuse(special.path, `is not an environment of the set${hint} (${all})`);
    }
  }
  return { defaults, environments, members };
}

export function planSet(given: unknown): SetPlan {
  const reading = new SetReading();
  const args = reading.object("its args", given, "an object");
  reading.foreign("", args, SET_PROPERTIES, "a set of keys");
  const budget = reading.number("budget", args.budget, "a number of credits", Number.MAX_SAFE_INTEGER);
  const reserve = reading.number("reserve", args.reserve, "a percentage", 100);
  const hasBudget = args.budget !== undefined && args.budget !== null;
  if (reserve !== undefined && !hasBudget) {
    reading.refuse(
      "reserve",
      "has no effect without a budget: set the budget of the set, or remove the reserve",
    );
  }
  const { defaults, environments, members } = readParts(reading, args, hasBudget);
  if (members.length === 0 && !reading.problems.some(({ property }) => property === "members")) {
    reading.refuse("members", "is empty: add members, or remove the set to delete all of its keys");
  }
  if (isPlainObject(args.environments) && environments.length === 0) {
    reading.refuse("environments", "is empty: add environments, or leave it out for one key per member");
  }
  const ofMembers = shares(reading, "members", members, budget, reserve);
  const ofEnvironments = shares(reading, "environments", environments, budget, undefined);
  const places = environments.length === 0 ? [undefined] : environments;
  const keys = members.flatMap((member, m) =>
    places.map((environment, e): PlannedKey => {
      const path = environment === undefined ? member.name : `${member.name}/${environment.name}`;
      const share = [ofMembers[m], environment === undefined ? HUNDRED : ofEnvironments[e]];
      const special =
        environment &&
        reading.object(
          path,
          (member.fields.environments as Fields | undefined)?.[environment.name],
          "an object",
        );
      const parts = [special ?? {}, member.fields, environment?.fields ?? {}, defaults];
      return { path, parts, budget: part(reading, path, budget, share) };
    }),
  );
  const { problems } = reading;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, keys };
}

function part(
  reading: SetReading,
  path: string,
  budget: Decimal | undefined,
  share: readonly (Decimal | undefined)[],
): number | undefined {
  const known = list(share);
  if (budget === undefined || known.length < share.length) return undefined;
  const exact = known.reduce((all, each) => product(all, percent(each)), budget);
  const number = toNumber(exact);
  if (number === undefined) {
    const near = decimalText(exact);
    reading.refuse(
      "budget",
      `gives ${show(path)} ${near} credits, which a number cannot hold exactly: use shares with fewer decimals`,
    );
  }
  return number;
}
