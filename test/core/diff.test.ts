import fc from "fast-check";
import { checkDeclaration } from "../../provider/core/check";
import { compare, describeChanges, POLICY } from "../../provider/core/diff";
import type { ApiKeyDeclaration, PreviewInputs } from "../../provider/core/model";
import { PROPERTIES } from "../../provider/core/properties";
import { isOfKey } from "../../provider/core/property";
import { UNKNOWN } from "../../provider/core/unknown";
import { declarations } from "./arbitraries";

const canonical = declarations().map((declared): ApiKeyDeclaration => {
  const outcome = checkDeclaration(declared, { now: 0 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.inputs as ApiKeyDeclaration;
});

const paths = (...args: Parameters<typeof compare>) => compare(...args).map(({ path }) => path);
const preview = (inputs: object): PreviewInputs => ({ name: "a", ...inputs }) as PreviewInputs;

const LIVE: ApiKeyDeclaration = {
  name: "a",
  budget: 10,
  expiresAt: "2099-01-31",
  globalLimits: { tokensPerDay: 100, requestsPerDay: 5 },
  assetLimits: [
    { model: "id-1", tokensPerDay: 10 },
    { model: "id-2", requestsPerDay: 1 },
  ],
};

describe("nothing differs", () => {
  it("between a declaration and itself", () => {
    fc.assert(fc.property(canonical, (declared) => expect(compare(declared, declared)).toEqual([])));
  });

  it("by the order of the asset limits", () => {
    fc.assert(
      fc.property(canonical, (declared) => {
        const reversed = { ...declared, assetLimits: [...(declared.assetLimits ?? [])].reverse() };
        expect(compare(declared, reversed)).toEqual([]);
      }),
    );
  });

  it.each(["tokensPerMinute", "tokensPerDay"])("but a token type that %s is counted by", (name) => {
    const limits = { [name]: 1 };
    expect(paths({ globalLimits: limits }, { globalLimits: { ...limits, tokenType: "input" } })).toEqual([
      "globalLimits.tokenType",
    ]);
  });

  it("between the default token type said and not said", () => {
    const limits = { tokensPerDay: 1 };
    const said = { ...limits, tokenType: "total" as const };
    expect(compare({ globalLimits: limits }, { globalLimits: said })).toEqual([]);
    expect(compare({ globalLimits: said }, { globalLimits: limits })).toEqual([]);
  });

  it("by a token type that has no tokens to speak of", () => {
    const limits = { requestsPerDay: 1 };
    expect(compare({ globalLimits: { ...limits, tokenType: "input" } }, { globalLimits: limits })).toEqual(
      [],
    );
  });

  it("between a model's path and its id, once the path is resolved", () => {
    const ids = new Map([["a/b/c", "id-1"]]);
    const byPath = { assetLimits: [{ model: "a/b/c", tokensPerDay: 1 }] };
    const byId = { assetLimits: [{ model: "id-1", tokensPerDay: 1 }] };
    expect(compare(byId, byPath, ids)).toEqual([]);
    expect(compare(byPath, byId, ids)).toEqual([]);
    expect(compare(byPath, byId)).not.toEqual([]);
  });

  it("between no limits, empty limits and limits that are not set", () => {
    expect(compare({}, { globalLimits: {}, assetLimits: [] })).toEqual([]);
    expect(compare({ globalLimits: { tokensPerDay: undefined } }, {})).toEqual([]);
  });
});

describe("what differs", () => {
  it("is found at the same paths in both directions, with from and to exchanged", () => {
    fc.assert(
      fc.property(canonical, canonical, (one, other) => {
        const turned = compare(other, one).map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }));
        const byPath = (list: readonly { path: string }[]) =>
          [...list].sort((a, b) => (a.path < b.path ? -1 : 1));
        expect(byPath(turned)).toEqual(byPath(compare(one, other)));
      }),
    );
  });

  it.each<[string, ApiKeyDeclaration, string, unknown, unknown]>([
    ["the name", { ...LIVE, name: "b" }, "name", "a", "b"],
    ["the budget", { ...LIVE, budget: 11 }, "budget", 10, 11],
    ["a budget taken away", { ...LIVE, budget: undefined }, "budget", 10, undefined],
    ["a budget of nothing", { ...LIVE, budget: 0 }, "budget", 10, 0],
    ["the expiry", { ...LIVE, expiresAt: "2099-02-01" }, "expiresAt", "2099-01-31", "2099-02-01"],
    [
      "a global limit",
      { ...LIVE, globalLimits: { tokensPerDay: 101, requestsPerDay: 5 } },
      "globalLimits.tokensPerDay",
      100,
      101,
    ],
    [
      "a global limit taken away",
      { ...LIVE, globalLimits: { tokensPerDay: 100 } },
      "globalLimits.requestsPerDay",
      5,
      undefined,
    ],
    [
      "what tokens are counted",
      { ...LIVE, globalLimits: { tokensPerDay: 100, requestsPerDay: 5, tokenType: "output" } },
      "globalLimits.tokenType",
      undefined,
      "output",
    ],
    [
      "a limit of a model",
      {
        ...LIVE,
        assetLimits: [
          { model: "id-2", requestsPerDay: 2 },
          { model: "id-1", tokensPerDay: 10 },
        ],
      },
      'assetLimits["id-2"].requestsPerDay',
      1,
      2,
    ],
    [
      "the limits of a model taken away",
      { ...LIVE, assetLimits: [{ model: "id-1", tokensPerDay: 10 }] },
      'assetLimits["id-2"].requestsPerDay',
      1,
      undefined,
    ],
    [
      "a model more",
      { ...LIVE, assetLimits: [...(LIVE.assetLimits ?? []), { model: "id-3", tokensPerMinute: 0 }] },
      'assetLimits["id-3"].tokensPerMinute',
      undefined,
      0,
    ],
  ])("is %s, and nothing else", (_, declared, path, from, to) => {
    const property = path.split(/[.[]/)[0];
    expect(compare(LIVE, declared)).toEqual([{ path, property, from, to }]);
  });

  it("tells 0, which allows nothing, from a limit that is not set", () => {
    expect(paths({ globalLimits: { tokensPerDay: 0 } }, {})).toEqual(["globalLimits.tokensPerDay"]);
    expect(paths({ budget: 0 }, {})).toEqual(["budget"]);
  });

  it("counts two spellings of an unresolved model as two models", () => {
    const entry = { tokensPerDay: 1 };
    const found = paths(
      { assetLimits: [{ model: "x", ...entry }] },
      { assetLimits: [{ model: "y", ...entry }] },
    );
    expect(found.sort()).toEqual(['assetLimits["x"].tokensPerDay', 'assetLimits["y"].tokensPerDay']);
  });
});

describe("what a preview cannot know yet", () => {
  const same = { ...LIVE };

  it.each<[string, object, string]>([
    ["a name", { name: UNKNOWN }, "name"],
    ["a budget", { budget: UNKNOWN }, "budget"],
    ["an expiry", { expiresAt: UNKNOWN }, "expiresAt"],
    ["all global limits", { globalLimits: UNKNOWN }, "globalLimits"],
    ["all asset limits", { assetLimits: UNKNOWN }, "assetLimits"],
    [
      "one global limit",
      { globalLimits: { tokensPerDay: UNKNOWN, requestsPerDay: 5 } },
      "globalLimits.tokensPerDay",
    ],
    [
      "a token type",
      { globalLimits: { ...LIVE.globalLimits, tokenType: UNKNOWN } },
      "globalLimits.tokenType",
    ],
    [
      "a limit of a model",
      { assetLimits: [{ model: "id-1", tokensPerDay: UNKNOWN }, LIVE.assetLimits?.[1]] },
      'assetLimits["id-1"].tokensPerDay',
    ],
  ])("is always a difference, and the only one: %s", (_, unknown, path) => {
    expect(compare(LIVE, preview({ ...same, ...unknown }))).toEqual([
      expect.objectContaining({ path, to: UNKNOWN }),
    ]);
  });

  it.each<[string, unknown]>([
    ["an entry", UNKNOWN],
    ["the model of an entry", { model: UNKNOWN, tokensPerDay: 1 }],
  ])("hides which models lose their limits: %s", (_, entry) => {
    const kept = LIVE.assetLimits?.[0];
    expect(compare(LIVE, preview({ ...same, assetLimits: [kept, entry] }))).toEqual([
      { path: 'assetLimits["?"]', property: "assetLimits", from: undefined, to: UNKNOWN },
    ]);
  });

  it("does not hide a limit that is known to change beside an unknown entry", () => {
    const changed = { model: "id-1", tokensPerDay: 11 };
    expect(paths(LIVE, preview({ ...same, assetLimits: [changed, UNKNOWN] })).sort()).toEqual([
      'assetLimits["?"]',
      'assetLimits["id-1"].tokensPerDay',
    ]);
  });

  it("hides only what lies below it: limits of the key as a whole are told beside an unknown model", () => {
    const declared = preview({ ...same, globalLimits: undefined, assetLimits: [UNKNOWN] });
    expect(paths(LIVE, declared).sort()).toEqual([
      'assetLimits["?"]',
      "globalLimits.requestsPerDay",
      "globalLimits.tokensPerDay",
    ]);
  });

  it("belongs to the property that holds it", () => {
    const declared = preview({ ...same, globalLimits: UNKNOWN, assetLimits: UNKNOWN });
    expect(compare(LIVE, declared).map(({ property }) => property)).toEqual(["globalLimits", "assetLimits"]);
  });

  it("does not hide changes of other properties", () => {
    const declared = preview({ ...same, globalLimits: UNKNOWN, assetLimits: undefined, budget: 11 });
    expect(paths(LIVE, declared).sort()).toEqual([
      'assetLimits["id-1"].tokensPerDay',
      'assetLimits["id-2"].requestsPerDay',
      "budget",
      "globalLimits",
    ]);
  });
});

describe("changes in words", () => {
  it("say the path, the old value and the new one, on one line", () => {
    const declared = preview({ ...LIVE, name: "b\nc", budget: undefined, expiresAt: UNKNOWN });
    expect(describeChanges(compare(LIVE, declared))).toBe(
      'name "a" -> "b\\nc", budget 10 -> not set, expiresAt "2099-01-31" -> not known yet',
    );
  });

  const CHANGED: PreviewInputs = preview({
    budget: 11,
    globalLimits: { tokensPerDay: 101, requestsPerDay: 5 },
    assetLimits: [
      { model: "id-1", tokensPerDay: 11 },
      { model: "id-2", requestsPerDay: 2 },
    ],
  });
  const told = (...secrets: string[]) =>
    describeChanges(compare({ ...LIVE, expiresAt: undefined }, CHANGED), secrets);

  it("hide the values of what the program marked as secret, and of nothing else", () => {
    expect(told("budget", "globalLimits.tokensPerDay", "assetLimits[7].requestsPerDay")).toBe(
      'budget [secret] -> [secret], globalLimits.tokensPerDay [secret] -> [secret], assetLimits["id-1"].tokensPerDay 10 -> 11, assetLimits["id-2"].requestsPerDay [secret] -> [secret]',
    );
    expect(told("expiresAt", "global", "globalLimits.tokens")).toBe(told());
  });

  it("hide everything below a secret, and the models of secret entries", () => {
    for (const secret of ["globalLimits", '["globalLimits"]']) {
      expect(told(secret)).toContain("globalLimits.tokensPerDay [secret] -> [secret]");
    }
    expect(told("assetLimits")).toBe(
      'budget 10 -> 11, globalLimits.tokensPerDay 100 -> 101, assetLimits["[secret]"].tokensPerDay [secret] -> [secret], assetLimits["[secret]"].requestsPerDay [secret] -> [secret]',
    );
    expect(told("assetLimits[0].model")).toContain('assetLimits["[secret]"].tokensPerDay 10 -> 11');
  });

  it("tell of a secret whether it is set, and whether it is known", () => {
    const changes = compare({ name: "a" }, preview({ name: UNKNOWN, budget: 5 }));
    expect(describeChanges(changes, ["name", "budget"])).toBe(
      "name [secret] -> not known yet, budget not set -> [secret]",
    );
  });

  it("hide the values of a property that the table calls secret", () => {
    const table = { ...PROPERTIES, budget: { ...PROPERTIES.budget, redacted: true } };
    expect(describeChanges(compare({ budget: 1 }, { budget: 2 }), [], table)).toBe(
      "budget [secret] -> [secret]",
    );
  });

  it("are no words at all where nothing changes", () => {
    expect(describeChanges([])).toBe("");
  });
});

it("the policy speaks of every property that a change can have", () => {
  const everything = compare(
    {},
    { ...LIVE, suspended: true, deletionPolicy: "keep", rotationTrigger: "INC-1" },
  );
  const compared = Object.keys(POLICY).filter((name) => isOfKey(PROPERTIES[name as keyof typeof PROPERTIES]));
  for (const { property } of everything) expect(["update", "replace", "renew"]).toContain(POLICY[property]);
  expect(new Set(everything.map(({ property }) => property))).toEqual(new Set(compared));
});
