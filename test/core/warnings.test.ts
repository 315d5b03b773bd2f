import fc from "fast-check";
import { checkDeclaration } from "../../provider/core/check";
import { UNKNOWN } from "../../provider/core/unknown";
import { declarations } from "./arbitraries";

const warnings = (args: unknown): readonly string[] => {
  const outcome = checkDeclaration(args, { now: 0 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.warnings.map(({ property, reason }) => `${property} ${reason}`);
};

const MODEL = "6661df926d36df3b878e0697";

describe("a limit of the minute above the limit of the day", () => {
  it.each([
    ["tokens", "tokensPerMinute", "tokensPerDay"],
    ["requests", "requestsPerMinute", "requestsPerDay"],
  ])("never matters: %s", (_, minute, day) => {
    const said = `is 500, above ${day} (100): lower it, raise ${day}, or leave it out. It has no effect, because the limit of the day is reached first`;
    const limits = { [minute]: 500, [day]: 100 };
    expect(warnings({ globalLimits: limits })).toEqual([`globalLimits.${minute} ${said}`]);
    expect(warnings({ assetLimits: [{ model: MODEL, ...limits }] })).toEqual([
      `assetLimits[0].${minute} ${said}`,
    ]);
  });

  it("is fine up to the very limit of the day, and beside the limit of another kind", () => {
    expect(warnings({ globalLimits: { tokensPerMinute: 100, tokensPerDay: 100 } })).toEqual([]);
    expect(warnings({ globalLimits: { tokensPerMinute: 500, requestsPerDay: 100 } })).toEqual([]);
    expect(warnings({ globalLimits: { tokensPerMinute: 500 } })).toEqual([]);
  });
});

describe("a limit of a model above the limit of the key", () => {
  const both = (global: object, model: object) =>
    warnings({ globalLimits: global, assetLimits: [{ model: MODEL, ...model }] });

  it.each(["tokensPerMinute", "tokensPerDay", "requestsPerMinute", "requestsPerDay"])(
    "is never reached: %s",
    (name) => {
      expect(both({ [name]: 10 }, { [name]: 11 })).toEqual([
        `assetLimits[0].${name} is 11 for "${MODEL}", above globalLimits.${name} (10): lower it, raise globalLimits.${name}, or remove it. It has no effect, because the limit of the key is reached first`,
      ]);
      expect(both({ [name]: 10 }, { [name]: 10 })).toEqual([]);
    },
  );

  it("is told with the index that the program gave its entry", () => {
    const entries = [{ model: "z", requestsPerDay: 11 }, null, { model: "a", requestsPerDay: 12 }];
    const said = warnings({ globalLimits: { requestsPerDay: 10 }, assetLimits: entries });
    expect(said).toEqual([
      expect.stringContaining('assetLimits[0].requestsPerDay is 11 for "z"'),
      expect.stringContaining('assetLimits[2].requestsPerDay is 12 for "a"'),
    ]);
  });

  it.each([
    ["input", "total", 1],
    [undefined, "total", 1],
    ["input", "input", 1],
    ["total", "input", 0],
    ["output", "input", 0],
    ["input", UNKNOWN, 0],
    [UNKNOWN, "total", 0],
  ])("counts as such where it counts no more: %s of the model, %s of the key", (own, ofKey, told) => {
    const [tokensPerDay, above] = [10, 11];
    const said = both({ tokensPerDay, tokenType: ofKey }, { tokensPerDay: above, tokenType: own });
    expect(said).toHaveLength(told);
  });

  it("of requests does not depend on which tokens count", () => {
    const said = both(
      { requestsPerDay: 1, tokensPerDay: 5, tokenType: "input" },
      { requestsPerDay: 2, tokensPerDay: 9, tokenType: "output" },
    );
    expect(said).toEqual([expect.stringContaining("assetLimits[0].requestsPerDay is 2")]);
  });
});

describe("a token type without a token limit", () => {
  it.each(["input", "output", "total"])("has no effect: %s", (tokenType) => {
    const said = `is "${tokenType}", but has no effect without a limit of tokens: set tokensPerMinute or tokensPerDay, or remove it`;
    const limits = { requestsPerDay: 1, tokenType };
    expect(warnings({ globalLimits: limits })).toEqual([`globalLimits.tokenType ${said}`]);
    expect(warnings({ assetLimits: [{ model: MODEL, ...limits }] })).toEqual([
      `assetLimits[0].tokenType ${said}`,
    ]);
  });

  it.each(["tokensPerMinute", "tokensPerDay"])("is no matter beside %s", (name) => {
    for (const value of [1, UNKNOWN]) {
      expect(warnings({ globalLimits: { [name]: value, tokenType: "input" } })).toEqual([]);
    }
  });
});

describe("a 0", () => {
  const MEANING =
    "For no limit, leave the property out. To stop the key for certain, suspend it or remove the resource. 0 is assumed to allow nothing, but the platform does not document it";

  it.each([
    [{ budget: 0 }, "budget"],
    [{ budget: -0 }, "budget"],
    [{ globalLimits: { tokensPerMinute: 0 } }, "globalLimits.tokensPerMinute"],
    [{ globalLimits: { requestsPerDay: 0, tokensPerDay: 7 } }, "globalLimits.requestsPerDay"],
    [{ assetLimits: [{ model: MODEL, tokensPerDay: 0 }] }, "assetLimits[0].tokensPerDay"],
  ])("may not mean what it seems to: %j", (args, property) => {
    expect(warnings(args)).toEqual([`${property} is 0. ${MEANING}`]);
  });

  it("is told once per declaration, with every place that has one", () => {
    const entries = Array.from({ length: 11 }, (_, n) => ({ model: `m${n}`, requestsPerDay: n % 10 }));
    expect(warnings({ budget: 0, globalLimits: { tokensPerDay: 0 }, assetLimits: entries })).toEqual([
      `assetLimits[0].requestsPerDay is 0 (as are assetLimits[10].requestsPerDay, budget, globalLimits.tokensPerDay). ${MEANING}`,
    ]);
    expect(warnings({ budget: 0, globalLimits: { tokensPerDay: 0 } })).toEqual([
      `budget is 0 (as is globalLimits.tokensPerDay). ${MEANING}`,
    ]);
  });

  it("is listed at six places at most, and counted at the others", () => {
    const assetLimits = Array.from({ length: 9 }, (_, n) => ({ model: `m${n}`, requestsPerDay: 0 }));
    const listed = [1, 2, 3, 4, 5].map((n) => `assetLimits[${n}].requestsPerDay`).join(", ");
    expect(warnings({ assetLimits })).toEqual([
      `assetLimits[0].requestsPerDay is 0 (as are ${listed}, 3 more). ${MEANING}`,
    ]);
  });

  it("is no bound for another limit: nobody knows whether it limits", () => {
    const globalLimits = { tokensPerMinute: 5, tokensPerDay: 0 };
    expect(warnings({ globalLimits, assetLimits: [{ model: MODEL, tokensPerDay: 9 }] })).toEqual([
      `globalLimits.tokensPerDay is 0. ${MEANING}`,
    ]);
  });
});

describe("warnings in general", () => {
  it("come in the order of their paths, by number in lists", () => {
    const entries = Array.from({ length: 11 }, (_, n) => ({ model: `m${n}`, requestsPerDay: 2 }));
    const said = warnings({
      globalLimits: { requestsPerDay: 1, requestsPerMinute: 3, tokensPerMinute: 2, tokensPerDay: 1 },
      budget: 0,
      assetLimits: entries,
    });
    expect(said.map((each) => each.split(" ")[0])).toEqual([
      ...entries.map((_, n) => `assetLimits[${n}].requestsPerDay`),
      "budget",
      "globalLimits.requestsPerMinute",
      "globalLimits.tokensPerMinute",
    ]);
  });

  it("are the same whenever they are asked for, and never hold a placeholder", () => {
    fc.assert(
      fc.property(declarations({ mess: true }), (declared) => {
        expect(warnings(declared)).toEqual(warnings(declared));
        expect(warnings(declared).join("\n")).not.toContain(UNKNOWN);
      }),
    );
  });

  it.each([
    [{ budget: UNKNOWN, globalLimits: UNKNOWN, assetLimits: UNKNOWN }],
    [{ globalLimits: { tokensPerMinute: 5, tokensPerDay: UNKNOWN } }],
    [{ globalLimits: { tokensPerMinute: UNKNOWN, tokensPerDay: 5 } }],
    [{ globalLimits: UNKNOWN, assetLimits: [{ model: MODEL, requestsPerDay: 5 }] }],
    [
      {
        globalLimits: { requestsPerDay: 1 },
        assetLimits: [UNKNOWN, { model: "a", requestsPerDay: UNKNOWN }],
      },
    ],
    [{ globalLimits: { requestsPerDay: 1, tokenType: UNKNOWN } }],
  ])("are none of a placeholder: %j", (args) => {
    expect(warnings(args)).toEqual([]);
  });

  it("of a limit whose model is not known yet name no model", () => {
    const said = warnings({
      globalLimits: { requestsPerDay: 1 },
      assetLimits: [{ model: UNKNOWN, requestsPerDay: 2 }],
    });
    expect(said).toEqual([expect.stringContaining("is 2, above globalLimits.requestsPerDay (1)")]);
  });
});
