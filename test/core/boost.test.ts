import { boostOf, inForce } from "../../provider/core/boost";
import { checkDeclaration } from "../../provider/core/check";
import type { PreviewInputs } from "../../provider/core/model";
import { UNKNOWN } from "../../provider/core/unknown";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const UNTIL = "2026-03-12";
const GUIDE = "6661df926d36df3b878e0697";
const PATH = "openai/gpt-4o-mini/openai";

const problems = (declared: object): Record<string, string> => {
  const outcome = checkDeclaration(declared, { now: NOW });
  return outcome.ok
    ? {}
    : Object.fromEntries(outcome.problems.map(({ property, reason }) => [property, reason]));
};

const declared = (boost: unknown): PreviewInputs =>
  ({
    name: "key",
    globalLimits: { tokensPerDay: 1000, requestsPerDay: 10, tokenType: "input" },
    assetLimits: [
      { model: GUIDE, tokensPerDay: 100 },
      { model: PATH, requestsPerDay: 5 },
    ],
    boost,
  }) as PreviewInputs;

describe("the limits in force", () => {
  const boost = {
    until: UNTIL,
    globalLimits: { tokensPerDay: 5000 },
    assetLimits: [{ model: PATH, requestsPerDay: 50 }],
  };

  it("are those of the boost until its day begins, each in the place of its own, and the rest as declared", () => {
    const raised = {
      name: "key",
      globalLimits: { tokensPerDay: 5000, requestsPerDay: 10, tokenType: "input" },
      assetLimits: [
        { model: GUIDE, tokensPerDay: 100 },
        { model: PATH, requestsPerDay: 50 },
      ],
    };
    const { boost: _, ...ordinary } = declared(undefined);
    expect(inForce(declared(boost), NOW)).toStrictEqual(raised);
    expect(inForce(declared(boost), Date.parse(UNTIL) - 1)).toStrictEqual(raised);
    expect(inForce(declared(boost), Date.parse(UNTIL))).toStrictEqual(ordinary);
    expect(boostOf(declared(boost), NOW)).toEqual({ until: UNTIL, isOver: false });
    expect(boostOf(declared(boost), Date.parse(UNTIL))).toEqual({ until: UNTIL, isOver: true });
  });

  it("are not known while the boost is not, and only those that it names", () => {
    const whole = inForce(declared(UNKNOWN), NOW);
    expect(whole).toMatchObject({ globalLimits: UNKNOWN, assetLimits: UNKNOWN });
    const until = inForce(declared({ ...boost, until: UNKNOWN, assetLimits: undefined }), NOW);
    expect(until).toMatchObject({ globalLimits: UNKNOWN, assetLimits: declared(undefined).assetLimits });
    const limit = inForce(declared({ until: UNTIL, globalLimits: { tokensPerDay: UNKNOWN } }), NOW);
    expect(limit).toMatchObject({ globalLimits: { tokensPerDay: UNKNOWN, requestsPerDay: 10 } });
    expect(inForce({ name: "key", boost: UNKNOWN } as PreviewInputs, NOW)).toEqual({ name: "key" });
  });
});

describe("a boost is refused", () => {
  it("where a limit is below the one that it raises, or there is none to raise", () => {
    const said = problems(
      declared({
        until: UNTIL,
        globalLimits: { tokensPerDay: 999, tokensPerMinute: 5 },
        assetLimits: [
          { model: GUIDE, tokensPerDay: 99, requestsPerDay: 3 },
          { model: "other", requestsPerDay: 3 },
        ],
      }),
    );
    expect(said).toEqual({
      "boost.globalLimits.tokensPerDay": expect.stringContaining(
        "is 999, below globalLimits.tokensPerDay (1000)",
      ),
      "boost.globalLimits.tokensPerMinute": expect.stringContaining(
        "globalLimits.tokensPerMinute sets no limit to raise",
      ),
      "boost.assetLimits[0].tokensPerDay": expect.stringContaining(
        "is 99, below assetLimits[0].tokensPerDay (100)",
      ),
      "boost.assetLimits[0].requestsPerDay": expect.stringContaining("sets no limit to raise"),
      "boost.assetLimits[1].model": expect.stringContaining(
        'is "other", which assetLimits does not contain: use the spelling in assetLimits',
      ),
    });
  });

  it("but not where what it raises is not known yet", () => {
    const boost = {
      until: UNTIL,
      globalLimits: { tokensPerDay: 5 },
      assetLimits: [{ model: GUIDE, requestsPerDay: 5 }],
    };
    expect(problems({ name: "key", globalLimits: UNKNOWN, assetLimits: UNKNOWN, boost })).toEqual({});
    expect(
      problems({ name: "key", globalLimits: { tokensPerDay: UNKNOWN }, assetLimits: [UNKNOWN], boost }),
    ).toEqual({});
    expect(problems({ name: "key", boost: UNKNOWN })).toEqual({});
  });

  it("where it has no end, no limit, or one model twice", () => {
    expect(problems({ boost: {} })).toEqual({
      "boost.until": expect.stringContaining("is missing: set the day on which"),
      boost: "raises no limit: set globalLimits or assetLimits, or remove it",
    });
    expect(problems({ boost: { until: "soon", globalLimits: {} } })).toEqual({
      "boost.until": expect.stringContaining("is not a date"),
      "boost.globalLimits": "raises no limit: set one, or remove it",
    });
    const twice = [GUIDE, GUIDE].map((model) => ({ model, tokensPerDay: 200 }));
    expect(problems(declared({ until: UNTIL, assetLimits: twice }))).toEqual({
      "boost.assetLimits[1].model": expect.stringContaining("a second time, after boost.assetLimits[0]"),
    });
  });

  it("but not where it is over: then it has no effect, whatever its limits are by now", () => {
    expect(problems(declared({ until: "2026-03-10", globalLimits: { tokensPerDay: 1 } }))).toEqual({});
  });
});

it("a boost is put into canonical form, and one day later nothing of it is left but the declaration", () => {
  const outcome = checkDeclaration(
    declared({ until: `${UNTIL}T00:00:00Z`, globalLimits: { tokensPerDay: 5000, requestsPerDay: null } }),
    { now: NOW },
  );
  expect(outcome).toMatchObject({
    ok: true,
    inputs: { boost: { until: UNTIL, globalLimits: { tokensPerDay: 5000 } } },
  });
});
