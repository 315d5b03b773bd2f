import fc from "fast-check";
import { decimal, isEqual, sum } from "../../provider/core/decimal";
import { planSet } from "../../provider/core/key-set";

const told = (args: unknown): string[] => {
  const plan = planSet(args);
  return plan.ok ? [] : plan.problems.map(({ property, reason }) => `${property} ${reason}`);
};

const budgets = (args: unknown): Record<string, number | undefined> => {
  const plan = planSet(args);
  if (!plan.ok) throw new Error(told(args).join("\n"));
  return Object.fromEntries(plan.keys.map(({ path, budget }) => [path, budget]));
};

describe("the plan of a set", () => {
  test("has a key for each member and environment, each with its part of the budget", () => {
    const set = {
      budget: 1000,
      reserve: 10,
      environments: { dev: { share: 20 }, prod: { share: 80 } },
      members: { ada: { share: 60 }, grace: { share: 30 } },
    };
    expect(budgets(set)).toEqual({ "ada/dev": 120, "ada/prod": 480, "grace/dev": 60, "grace/prod": 240 });
  });

  test("is one key per member without environments, and no budget without one", () => {
    expect(budgets({ members: { ada: {}, grace: {} } })).toEqual({ ada: undefined, grace: undefined });
    expect(budgets({ budget: 10, members: { ada: { share: 100 } } })).toEqual({ ada: 10 });
    expect(budgets({ budget: 10, environments: { prod: {} }, members: { ada: { share: 100 } } })).toEqual({
      "ada/prod": 10,
    });
  });

  test("is the same for everybody else when somebody joins", () => {
    const before = { budget: 90, reserve: 50, members: { b: { share: 20 }, c: { share: 30 } } };
    const after = { ...before, reserve: 10, members: { a: { share: 40 }, ...before.members } };
    expect(budgets(after)).toEqual({ ...budgets(before), a: 36 });
  });

  test("lists what is declared of a key from the special to the general", () => {
    const own = { budget: 1 };
    const special = { expiresAt: "2031-01-31" };
    const plan = planSet({
      defaults: { budget: 3 },
      environments: { prod: { budget: 2 } },
      members: { ada: { ...own, environments: { prod: special } } },
    });
    expect(plan).toMatchObject({ ok: true, keys: [{ parts: [special, own, { budget: 2 }, { budget: 3 }] }] });
  });

  test("shares out the whole budget, to the last decimal", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 }),
        (cents, cuts) => {
          // Tenths of a percent between cuts of the whole, so that they add up.
          const edges = [0, ...cuts, 1000].sort((a, b) => a - b);
          const parts = edges.slice(1).map((edge, n) => (edge - (edges[n] ?? 0)) / 10);
          const members = Object.fromEntries(parts.map((share, n) => [`m${n}`, { share }]));
          const got = Object.values(budgets({ budget: cents / 100, members }));
          expect(isEqual(sum(got.map((each) => decimal(each ?? Number.NaN))), decimal(cents / 100))).toBe(
            true,
          );
        },
      ),
    );
  });
});

describe("a set that cannot be is refused", () => {
  const two = { a: { share: 50 }, b: { share: 50 } };
  test.each<[string, unknown, string[]]>([
    ["no members", {}, ["members is empty: add members, or remove the set to delete all of its keys"]],
    ["an empty set", { members: {} }, ["members is empty"]],
    [
      "members as a list",
      { members: ["ada"] },
      ["members must be an object with an entry for each member; got a list"],
    ],
    ["a member that is no object", { members: { ada: 5 } }, ["members.ada must be an object; got 5"]],
    [
      "empty environments",
      { environments: {}, members: { ada: {} } },
      ["environments is empty: add environments, or leave it out"],
    ],
    [
      "a name with a slash",
      { members: { "a/b": {} } },
      ['members.a/b contains "/": give the member another name'],
    ],
    ["a name of spaces", { members: { " ": {} } }, ["is empty or has surrounding spaces"]],
    [
      "a property that is misspelt",
      { member: {}, members: { ada: { budgte: 1 } } },
      [
        "member is not a property of a set of keys; did you mean members?",
        "members.ada.budgte is not a property of a part of a set; did you mean budget?",
      ],
    ],
    [
      "a name for all",
      { defaults: { name: "x" }, members: { ada: {} } },
      ["defaults.name is not allowed in a set"],
    ],
    [
      "an environment that is not there",
      { environments: { prod: {} }, members: { ada: { environments: { pord: {} } } } },
      ["members.ada.environments.pord is not an environment of the set; did you mean prod? (known: prod)"],
    ],
    [
      "environments of a member in a set without any",
      { members: { ada: { environments: { prod: {} } } } },
      ["(it has none)"],
    ],
    [
      "shares below 100",
      { budget: 10, members: { a: { share: 50 }, b: { share: 49.9 } } },
      [
        "members have shares that add up to 99.9 percent instead of 100: correct them, or set the difference as `reserve`",
      ],
    ],
    [
      "shares above 100 with the reserve",
      { budget: 10, reserve: 0.1, members: two },
      ["members have shares that add up to 100.1 percent with the reserve of 0.1 instead of 100"],
    ],
    [
      "thirds",
      { budget: 9, members: { a: { share: 33.3 }, b: { share: 33.3 }, c: { share: 33.3 } } },
      ["add up to 99.9"],
    ],
    [
      "shares of environments",
      { budget: 10, environments: { x: { share: 1 }, y: { share: 2 } }, members: { a: { share: 100 } } },
      ["environments have shares that add up to 3 percent"],
    ],
    [
      "a missing share",
      { budget: 10, members: { a: { share: 50 }, b: {} } },
      ['members.b.share is missing: set the share of "b" in percent. The set has a budget of 10 credits'],
    ],
    [
      "a share without a budget",
      { members: { a: { share: 50 } } },
      ["members.a.share has no effect without a budget"],
    ],
    ["a reserve without a budget", { reserve: 5, members: { a: {} } }, ["reserve has no effect"]],
    [
      "a budget beside the total",
      { budget: 10, defaults: { budget: 1 }, members: two },
      ["defaults.budget conflicts with the total budget of the set"],
    ],
    [
      "values that are no numbers",
      { budget: "10", reserve: Number.NaN, members: { a: { share: 101 } } },
      [
        'budget must be a number of credits, 0 or more, known when the program starts; got the text "10"',
        "reserve must be a percentage, from 0 to 100, known when the program starts; got NaN",
        "members.a.share",
      ],
    ],
    [
      "a part that no number holds",
      { budget: 1234567.891, members: { a: { share: 12.345678901 }, b: { share: 87.654321099 } } },
      ['budget gives "a" 152415.787'],
    ],
    ["no object at all", ["ada"], ["its args must be an object; got a list"]],
  ])("%s", (_, args, reasons) => {
    const all = told(args);
    for (const reason of reasons) expect(all).toContainEqual(expect.stringContaining(reason));
  });

  test("with everything that is wrong at once, and nothing besides", () => {
    expect(told({ budget: -1, colour: 1, members: { "a/b": { share: "x" } } })).toHaveLength(4);
  });
});
