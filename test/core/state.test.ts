import fc from "fast-check";
import { fromWire, toWire } from "../../provider/api/convert";
import { wireKey } from "../../provider/api/wire";
import { checkDeclaration } from "../../provider/core/check";
import { ACCOUNT, type ApiKeyInputs } from "../../provider/core/model";
import { readState, spellings, toState } from "../../provider/core/state";
import { declarations } from "./arbitraries";

const NOTHING = readState(undefined);

describe("reading outputs from a state", () => {
  it("gives back what this version wrote", () => {
    fc.assert(
      fc.property(declarations(), fc.string({ minLength: 1 }), (declared, accessKey) => {
        const outcome = checkDeclaration({ name: "ci-bot", ...declared }, { now: 0 });
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
        const inputs = { name: "ci-bot", ...outcome.inputs } as ApiKeyInputs;
        const live = fromWire(
          wireKey.parse({ id: "k", accessKey: "abcd****wxyz", ...toWire(inputs, new Map()) }),
        );
        const models = (live.assetLimits ?? []).map(({ model }) => [model, `path/of/${model}`] as const);
        const state = toState(live, new Map(models), accessKey, "the-account");
        expect(state[ACCOUNT]).toBe("the-account");
        const stored: unknown = JSON.parse(JSON.stringify(state));
        expect(readState(stored)).toEqual(state);
      }),
    );
  });

  it.each([[undefined], [null], [{}], ["text"], [7], [[]], [{ __provider: "x" }]])(
    "gives an empty state for %p, and never an error",
    (outputs) => {
      expect(readState(outputs)).toEqual({ name: "", accessKeyHint: "" });
    },
  );

  it("never throws, whatever a state holds", () => {
    fc.assert(fc.property(fc.anything(), (outputs) => expect(readState(outputs)).toHaveProperty("name")));
    const fields = fc.record(
      Object.fromEntries(
        ["name", "budget", "expiresAt", "globalLimits", "assetLimits", "accessKey"].map((key) => [
          key,
          fc.anything(),
        ]),
      ),
    );
    fc.assert(fc.property(fields, (outputs) => expect(readState(outputs)).toHaveProperty("accessKeyHint")));
  });

  it("lets one field that makes no sense spoil no other", () => {
    const read = readState({
      name: "ci-bot",
      budget: "1000",
      expiresAt: 7,
      globalLimits: { tokensPerDay: 5, requestsPerDay: "x", tokenType: "words" },
      accessKey: "the-access-key",
      accessKeyHint: null,
      usage: { total: 1 },
    });
    expect(read).toEqual({
      ...NOTHING,
      name: "ci-bot",
      globalLimits: { tokensPerDay: 5 },
      accessKey: "the-access-key",
    });
  });

  it("takes no other kind of value for text", () => {
    const outputs = { name: 7, accessKey: { secret: true }, accessKeyHint: 9, [ACCOUNT]: 7 };
    expect(readState(outputs)).toStrictEqual(NOTHING);
    const { assetLimits } = readState({ assetLimits: [{ model: "m", modelId: 7, tokensPerDay: 1 }] });
    expect(assetLimits).toStrictEqual([{ model: "m", tokensPerDay: 1 }]);
  });

  it("lets one asset limit that makes no sense spoil no other", () => {
    const good = { model: "m", tokensPerDay: 1 };
    expect(readState({ assetLimits: [good, null, { tokensPerDay: 2 }, "m"] }).assetLimits).toEqual([good]);
  });

  it("reads an expiry in any spelling that a version may have written", () => {
    for (const expiresAt of ["2099-01-31", "2099-01-31T00:00:00Z", "2099-01-31T00:00:00.000000Z"]) {
      expect(readState({ expiresAt }).expiresAt).toBe("2099-01-31");
    }
  });

  it("reads limits in canonical form", () => {
    expect(readState({ globalLimits: { tokensPerDay: 1, tokenType: "total" } }).globalLimits).toEqual({
      tokensPerDay: 1,
    });
    expect(readState({ globalLimits: {} }).globalLimits).toBeUndefined();
  });
});

describe("the spellings of models that a state knows", () => {
  it("lead from each path to its id and back", () => {
    const { ids, spelled } = spellings(
      readState({
        assetLimits: [
          { model: "a/b/c", modelId: "id-1", tokensPerDay: 1 },
          { model: "id-2", tokensPerDay: 1 },
        ],
      }),
    );
    expect([...ids]).toEqual([["a/b/c", "id-1"]]);
    expect([...spelled]).toEqual([["id-1", "a/b/c"]]);
  });

  it("are none in an empty state", () => {
    expect(spellings(NOTHING).ids.size + spellings(NOTHING).spelled.size).toBe(0);
  });
});
