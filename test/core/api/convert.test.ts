import fc from "fast-check";
import { fromWire, toWire } from "../../../provider/api/convert";
import { listedKey, type WireKey, type WireKeyBody, wireKey, wireKeys } from "../../../provider/api/wire";
import { type CheckedDeclaration, checkDeclaration } from "../../../provider/core/check";
import { compare } from "../../../provider/core/diff";
import type { ApiKeyInputs } from "../../../provider/core/model";
import { modelId } from "../../../provider/core/model-ids";
import { toInputs, toState, withUnsent } from "../../../provider/core/state";
import { declarations } from "../arbitraries";

const NONE = new Map<string, string>();

const answer = (body: WireKeyBody): WireKey =>
  wireKey.parse({ id: "key-1", accessKey: "abcd************wxyz", isAdmin: false, ...body });

const inputsOf = (declared: unknown): ApiKeyInputs => {
  const outcome = checkDeclaration(declared, { now: 0 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return {
    name: "ci-bot",
    ...(outcome.inputs as CheckedDeclaration & Partial<ApiKeyInputs>),
  } as ApiKeyInputs;
};

const BODY_FIELDS = ["assetsLimits", "budget", "expiresAt", "globalLimits", "name"];
const LIMIT_FIELDS = ["rpd", "rpm", "tokenType", "tpd", "tpm"];

describe("what is written to the platform", () => {
  it("says every field, and null for none: a field that is left out may keep its old value", () => {
    expect(toWire({ name: "ci-bot" }, NONE)).toStrictEqual({
      name: "ci-bot",
      budget: null,
      globalLimits: null,
      assetsLimits: [],
      expiresAt: null,
    });
    fc.assert(
      fc.property(declarations(), (declared) => {
        const body = toWire(inputsOf(declared), NONE);
        expect(Object.keys(body).sort()).toEqual(BODY_FIELDS);
        expect(JSON.parse(JSON.stringify(body))).toStrictEqual(body);
        if (body.globalLimits) expect(Object.keys(body.globalLimits).sort()).toEqual(LIMIT_FIELDS);
        for (const entry of body.assetsLimits) {
          expect(Object.keys(entry).sort()).toEqual(["assetId", ...LIMIT_FIELDS]);
        }
      }),
    );
  });

  it("is in the words of the wire, limit by limit", () => {
    const inputs: ApiKeyInputs = {
      name: "ci-bot",
      budget: 1000,
      expiresAt: "2099-01-31",
      globalLimits: { tokensPerMinute: 1, tokensPerDay: 2, requestsPerMinute: 3, requestsPerDay: 4 },
      assetLimits: [{ model: "a/b/c", tokensPerDay: 0, tokenType: "input" }],
    };
    expect(toWire(inputs, new Map([["a/b/c", "id-of-abc"]]))).toStrictEqual({
      name: "ci-bot",
      budget: 1000,
      expiresAt: "2099-01-31T00:00:00.000000Z",
      globalLimits: { tpm: 1, tpd: 2, rpm: 3, rpd: 4, tokenType: "total" },
      assetsLimits: [{ assetId: "id-of-abc", tpm: null, tpd: 0, rpm: null, rpd: null, tokenType: "input" }],
    });
  });

  it("keeps 0, which allows nothing, apart from null, which limits nothing", () => {
    const body = toWire({ name: "a", budget: 0, globalLimits: { requestsPerDay: 0 } }, NONE);
    expect(body.budget).toBe(0);
    expect(body.globalLimits).toMatchObject({ rpd: 0, rpm: null });
  });

  it("takes a model that was not resolved for an id", () => {
    const ids = new Map([["a/b/c", "id-of-abc"]]);
    expect([modelId("a/b/c", ids), modelId("plain", ids)]).toEqual(["id-of-abc", "plain"]);
  });
});

describe("the way to the platform and back", () => {
  it("keeps the meaning of every declaration", () => {
    fc.assert(
      fc.property(declarations(), (declared) => {
        const inputs = inputsOf(declared);
        const live = withUnsent(fromWire(answer(toWire(inputs, NONE))), inputs);
        expect(compare(live, inputs)).toEqual([]);
        expect(compare(inputs, live)).toEqual([]);
      }),
    );
  });

  it("ends in the very inputs that it began with, through the state and the program's spelling of models", () => {
    fc.assert(
      fc.property(declarations(), (declared) => {
        const inputs = inputsOf(declared);
        const models = (inputs.assetLimits ?? []).map(({ model }) => model);
        const ids = new Map(models.map((model, n) => [model, `id-${n}`]));
        const spelled = new Map(models.map((model, n) => [`id-${n}`, model]));
        const live = withUnsent(fromWire(answer(toWire(inputs, ids))), inputs);
        const state = toState(live, spelled, "the-access-key");
        expect(toInputs(state)).toStrictEqual(inputs);
        expect(inputsOf(toInputs(state))).toStrictEqual(inputs);
        expect(state.assetLimits?.map(({ model, modelId: id }) => [model, id])).toEqual(
          inputs.assetLimits?.map(({ model }) => [model, ids.get(model)]),
        );
      }),
    );
  });
});

describe("a live key as the platform may show it", () => {
  const shown = (fields: object) => fromWire(wireKey.parse({ id: "key-1", name: "ci-bot", ...fields }));

  it("has the limits of its models in the order of their ids, and none where there are none", () => {
    const assetsLimits = ["b", "c", "a"].map((assetId) => ({ assetId, rpd: 1 }));
    expect(shown({ assetsLimits }).assetLimits?.map(({ model }) => model)).toEqual(["a", "b", "c"]);
    expect(shown({ assetsLimits: null })).not.toHaveProperty("assetLimits");
  });

  it("needs an id and a name, and nothing else", () => {
    expect(shown({})).toStrictEqual({ id: "key-1", name: "ci-bot", accessKeyHint: "", isAdmin: false });
  });

  it("may have a number for an id", () => {
    expect(shown({ id: 17 }).id).toBe("17");
  });

  it("reads null, absent, an empty list and limits that limit nothing as none", () => {
    const nothing = shown({});
    const limits = { tpm: null, tpd: null, rpm: null, rpd: null, tokenType: "total" };
    expect(
      shown({
        accessKey: null,
        budget: null,
        globalLimits: null,
        assetsLimits: null,
        expiresAt: null,
        isAdmin: null,
      }),
    ).toStrictEqual(nothing);
    expect(shown({ globalLimits: limits, assetsLimits: [] })).toStrictEqual(nothing);
    expect(shown({ globalLimits: {}, assetsLimits: [{ assetId: "m", ...limits }] })).toStrictEqual(nothing);
    expect(shown({ expiresAt: "" })).toStrictEqual(nothing);
  });

  it("reads 0 as 0", () => {
    expect(shown({ budget: 0, globalLimits: { tpm: 0 } })).toMatchObject({
      budget: 0,
      globalLimits: { tokensPerMinute: 0 },
    });
  });

  it("never keeps more of an access key than its hint", () => {
    expect(JSON.stringify(shown({ accessKey: "abcdCANARYwxyz" }))).not.toContain("CANARY");
    expect(shown({ accessKey: "abcdCANARYwxyz" }).accessKeyHint).toBe("abcd****wxyz");
  });

  it("ignores what it does not know", () => {
    expect(shown({ team: "x", globalLimits: { tpm: 1, burst: 2 } })).toStrictEqual({
      ...shown({}),
      globalLimits: { tokensPerMinute: 1 },
    });
  });

  it("may have no name in a list: it must not stop everybody from managing the others", () => {
    for (const nameless of [{ id: "1", name: null }, { id: "1" }]) {
      expect(listedKey.parse(nameless)).toMatchObject({ id: "1", name: "" });
    }
    expect(listedKey.parse({ id: "1", name: "ci-bot" }).name).toBe("ci-bot");
  });

  it.each([[null], ["key-1"], [[]], [{}], [{ id: "" }], [{ id: null }], [{ name: "ci-bot" }]])(
    "is not taken for a key of a list as %j: without an id nothing can be done with it",
    (entry) => {
      const list = [{ id: "1" }, { id: 2 }, entry];
      expect(wireKeys.safeParse(list.slice(0, 2)).success).toBe(true);
      expect(wireKeys.safeParse(list).error?.issues).toMatchObject([
        { path: [2], message: "is not a key with an id" },
      ]);
    },
  );

  it.each<[string, object]>([
    ["no name", { name: undefined }],
    ["an empty id", { id: "" }],
    ["text for a budget", { budget: "1000" }],
    ["a token type of its own", { globalLimits: { tpm: 1, tokenType: "words" } }],
    ["an asset limit without a model", { assetsLimits: [{ tpm: 1 }] }],
  ])("is refused with %s", (_, fields) => {
    expect(wireKey.safeParse({ id: "key-1", name: "ci-bot", ...fields }).success).toBe(false);
  });
});

describe("the outputs", () => {
  const live = fromWire(
    wireKey.parse({
      id: "key-1",
      name: "ci-bot",
      accessKey: "abcd****wxyz",
      assetsLimits: [
        { assetId: "id-1", rpd: 1 },
        { assetId: "id-2", rpd: 2 },
      ],
    }),
  );

  it("know each model as the program spells it, in the order of that, and the id behind a path", () => {
    const state = toState(live, new Map([["id-2", "a/path"]]), "secret");
    expect(state.assetLimits).toStrictEqual([
      { model: "a/path", modelId: "id-2", requestsPerDay: 2 },
      { model: "id-1", requestsPerDay: 1 },
    ]);
  });

  it("hold the access key that they are given, and none where there is none", () => {
    expect(toState(live, NONE, "secret").accessKey).toBe("secret");
    expect(toState(live, NONE, undefined)).not.toHaveProperty("accessKey");
  });

  it("never hold the access key as an input", () => {
    expect(JSON.stringify(toInputs(toState(live, NONE, "secret")))).not.toMatch(/secret|\*\*\*\*|modelId/);
  });
});
