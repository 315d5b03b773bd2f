import fc from "fast-check";
import {
  type CheckContext,
  type CheckedDeclaration,
  checkDeclaration,
  isFullyKnown,
} from "../../provider/core/check";
import { AUTO_NAME, OPTIONS } from "../../provider/core/model";
import { UNKNOWN } from "../../provider/core/unknown";
import { BAD_INPUTS } from "../bad-input";
import { declarations } from "./arbitraries";

const NOW = Date.parse("2026-06-15T10:00:00Z");

const checked = (args: unknown, context: Partial<CheckContext> = {}): CheckedDeclaration => {
  const outcome = checkDeclaration(args, { now: NOW, ...context });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.inputs;
};

const problems = (args: unknown, context: Partial<CheckContext> = {}): readonly string[] => {
  const outcome = checkDeclaration(args, { now: NOW, ...context });
  return outcome.ok ? [] : outcome.problems.map(({ property, reason }) => `${property}: ${reason}`);
};

describe("a bad declaration is refused, and every problem is named in one go", () => {
  it.each(BAD_INPUTS.map((bad) => [bad.title, bad] as const))("%s", (_, { args, problems: expected }) => {
    const outcome = checkDeclaration(args, { now: NOW });
    const found = outcome.ok ? [] : outcome.problems;
    const paths = (list: readonly { property: string }[]) => list.map(({ property }) => property).sort();
    expect(paths(found)).toEqual(paths(expected));
    for (const { property, reason } of expected) {
      const said = found.filter((each) => each.property === property).map((each) => each.reason);
      expect(said).toContainEqual(expect.stringContaining(reason));
    }
  });

  it("covers at least 70 cases, each with a title of its own", () => {
    const titles = new Set(BAD_INPUTS.map(({ title }) => title));
    expect(titles.size).toBe(BAD_INPUTS.length);
    expect(titles.size).toBeGreaterThanOrEqual(70);
  });

  it("never repeats the placeholder of an unknown value in a message", () => {
    for (const { args } of BAD_INPUTS) expect(problems(args).join("\n")).not.toContain(UNKNOWN);
  });

  it.each(["text", 7, null, undefined, [], true, new Map(), new Set(), 5n, () => ({})])(
    "refuses %p in place of a declaration",
    (value) => {
      expect(checkDeclaration(value, { now: NOW }).ok).toBe(false);
    },
  );

  it("names properties that every object inherits, where they are written", () => {
    for (const property of ["constructor", "toString", "hasOwnProperty"]) {
      expect(problems({ [property]: 1 })).toEqual([
        expect.stringContaining(`${property}: is not a property`),
      ]);
      expect(problems({ globalLimits: { [property]: 1 } })).toEqual([
        expect.stringContaining(`globalLimits.${property}: is not a property`),
      ]);
    }
  });

  it("suggests a property for up to three slips of the keyboard, and none for more", () => {
    expect(problems({ budgetabc: 1 })).toEqual([expect.stringContaining("did you mean budget?")]);
    expect(problems({ budgetabcd: 1 })).toEqual([expect.not.stringContaining("did you mean")]);
  });

  it("cuts a long value short in the middle of a message, and never in the middle of an emoji", () => {
    for (const padding of [0, 1]) {
      const [said = ""] = problems({ name: ` ${"x".repeat(padding)}${"😀".repeat(100)}` });
      expect(said.length).toBeLessThan(150);
      expect(said).not.toMatch(/\p{Cs}/u);
    }
  });
});

describe("an expiry in the past", () => {
  const past = { expiresAt: "2026-06-15" };

  it("is refused for a new key, from midnight of the day itself on", () => {
    expect(problems(past)).toEqual([expect.stringContaining("is in the past")]);
    expect(problems(past, { now: Date.parse("2026-06-15T00:00:00Z") })).toHaveLength(1);
    expect(problems(past, { now: Date.parse("2026-06-14T23:59:59.999Z") })).toEqual([]);
  });

  it("is let be for a key that had it all along, in whichever spelling", () => {
    for (const expiresAt of ["2026-06-15", "2026-06-15T00:00:00Z", "2026-06-15T02:00:00.000+02:00"]) {
      expect(checked({ expiresAt }, { previous: past })).toEqual(past);
    }
  });

  it("is refused for a key that had another one, or none", () => {
    expect(problems(past, { previous: { expiresAt: "2026-06-14" } })).toHaveLength(1);
    expect(problems(past, { previous: {} })).toHaveLength(1);
  });
});

describe("what is accepted", () => {
  it.each([
    ["emoji", "ci 🚀 bot"],
    ["an emoji of several parts", "👩‍👩‍👧‍👦"],
    ["letters of any script", "кључ-鍵-مفتاح"],
    ["255 letters", "x".repeat(255)],
    ["quotes and slashes", `"ci"/'bot'\\`],
  ])("a name with %s, as it is written", (_, name) => {
    expect(checked({ name })).toEqual({ name });
  });

  it("zero as a limit and as a budget, which allows nothing and is not the same as none", () => {
    const zero = { budget: 0, globalLimits: { tokensPerDay: 0 } };
    expect(checked(zero)).toEqual(zero);
  });

  it("the largest number that is exact, and a fraction of a credit", () => {
    const large = { budget: 0.25, globalLimits: { requestsPerDay: Number.MAX_SAFE_INTEGER } };
    expect(checked(large)).toEqual(large);
  });

  it("a declaration of nothing", () => {
    expect(checked({})).toEqual({});
  });

  it("thousands of asset limits, in the order of their models", () => {
    const assetLimits = Array.from({ length: 5000 }, (_, n) => ({ model: `m${9999 - n}`, tokensPerDay: n }));
    const models = (checked({ assetLimits }).assetLimits as { model: string }[]).map(({ model }) => model);
    expect(models).toEqual([...models].sort());
    expect(models).toHaveLength(5000);
  });

  it("the seed of an automatic name", () => {
    expect(checked({ [AUTO_NAME]: "abc/ci-bot" })).toEqual({ [AUTO_NAME]: "abc/ci-bot" });
  });

  it("the options of the resource, as they are", () => {
    const options = {
      ignoreChanges: ["budget", "assetLimits[0]"],
      replaceOnChanges: ["*"],
      secrets: ["globalLimits.tokensPerDay"],
    };
    expect(checked({ [OPTIONS]: options })).toStrictEqual({ [OPTIONS]: options });
    expect(checked({ [OPTIONS]: { secrets: ["name"] } })).toStrictEqual({ [OPTIONS]: { secrets: ["name"] } });
  });

  it.each([[undefined], [null], [{}], [{ ignoreChanges: [] }], [{ secrets: null, ignoreChanges: [] }]])(
    "options that say nothing, and keeps nothing of them: %j",
    (options) => {
      expect(checked({ [OPTIONS]: options })).toStrictEqual({});
    },
  );

  it("a declaration that leaves nothing to warn of", () => {
    expect(checkDeclaration({ budget: 1 }, { now: NOW })).toStrictEqual({
      ok: true,
      inputs: { budget: 1 },
      warnings: [],
    });
  });
});

describe("what a preview cannot know yet passes through as it came", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a whole property", { name: UNKNOWN, budget: UNKNOWN, expiresAt: UNKNOWN }],
    ["all limits", { globalLimits: UNKNOWN, assetLimits: UNKNOWN }],
    ["one limit", { globalLimits: { tokensPerDay: UNKNOWN, requestsPerDay: 3 } }],
    ["a token type", { globalLimits: { tokensPerDay: 1, tokenType: UNKNOWN } }],
    ["one entry", { assetLimits: [UNKNOWN, { model: "a", tokensPerDay: 1 }] }],
    ["a model", { assetLimits: [{ model: UNKNOWN, tokensPerDay: 1 }] }],
    ["two models", { assetLimits: [1, 2].map((n) => ({ model: UNKNOWN, tokensPerDay: n })) }],
    ["a limit of an entry", { assetLimits: [{ model: "a", tokensPerDay: UNKNOWN }] }],
  ])("%s", (_, args) => {
    expect(checked(args)).toEqual(args);
    expect(isFullyKnown(args)).toBe(false);
  });

  it("is found by isFullyKnown at every depth, and nothing else is", () => {
    fc.assert(fc.property(declarations(), (declared) => isFullyKnown(declared)));
    expect(isFullyKnown(UNKNOWN)).toBe(false);
    expect(isFullyKnown({ name: `${UNKNOWN} ` })).toBe(true);
  });
});

describe("the canonical form", () => {
  it("is the same when it is checked again", () => {
    fc.assert(
      fc.property(declarations({ mess: true }), (declared) => {
        const once = checked(declared);
        expect(checked(once)).toStrictEqual(once);
      }),
    );
  });

  it("does not depend on the order of the asset limits", () => {
    fc.assert(
      fc.property(
        declarations({ mess: true }).chain((declared) =>
          fc.tuple(
            fc.constant(declared),
            fc.shuffledSubarray([...(declared.assetLimits ?? [])], {
              minLength: declared.assetLimits?.length ?? 0,
            }),
          ),
        ),
        ([declared, shuffled]) => {
          const other = declared.assetLimits ? { ...declared, assetLimits: shuffled } : declared;
          expect(checked(other)).toStrictEqual(checked(declared));
        },
      ),
    );
  });

  it("does not tell null, undefined and absent apart, at any depth", () => {
    const without = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.filter((each) => each !== null && each !== undefined).map(without)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value).flatMap(([key, each]) =>
                each === null || each === undefined ? [] : [[key, without(each)]],
              ),
            )
          : value;
    fc.assert(
      fc.property(declarations({ mess: true }), (declared) => {
        expect(checked(without(declared))).toStrictEqual(checked(declared));
      }),
    );
  });

  it("holds nothing that says nothing", () => {
    expect(
      checked({
        name: null,
        budget: undefined,
        globalLimits: { tokensPerDay: null },
        assetLimits: [null],
      }),
    ).toStrictEqual({});
    expect(checked({ assetLimits: [], globalLimits: {} })).toStrictEqual({});
  });

  it("leaves out a token type that is the default, or that has no tokens to speak of", () => {
    expect(checked({ globalLimits: { tokensPerDay: 1, tokenType: "total" } })).toEqual({
      globalLimits: { tokensPerDay: 1 },
    });
    expect(checked({ globalLimits: { requestsPerDay: 1, tokenType: "input" } })).toEqual({
      globalLimits: { requestsPerDay: 1 },
    });
    const spoken = { globalLimits: { tokensPerMinute: 1, tokenType: "output" } };
    expect(checked(spoken)).toEqual(spoken);
  });

  it("has one spelling for an expiry", () => {
    for (const expiresAt of [
      "2099-01-31",
      "2099-01-31T00:00Z",
      "2099-01-31T00:00:00.000000Z",
      "2099-01-30T22:00:00-02:00",
    ]) {
      expect(checked({ expiresAt })).toEqual({ expiresAt: "2099-01-31" });
    }
  });
});
