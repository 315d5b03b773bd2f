import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { FULL } from "../harness/scenarios";
import { type Declaration, Resource } from "../harness/stack";
import { GUIDE_MODEL, MINI } from "../harness/stage";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

const live = () => stage.controls.keys().find(({ isAdmin }) => !isAdmin);
const without = (property: string): Declaration =>
  Object.fromEntries(Object.entries(FULL).filter(([each]) => each !== property));

async function declared(declaration: Declaration): Promise<Resource> {
  const key = new Resource(await stage.newRun());
  await key.up(declaration);
  return key;
}

describe("the declaration is the whole truth", () => {
  test.each([
    ["budget", "budget", null],
    ["expiresAt", "expiresAt", null],
    ["globalLimits", "globalLimits", null],
    ["assetLimits", "assetsLimits", []],
  ] as const)("taking %s out of the program takes it off the key", async (property, wire, none) => {
    const key = await declared(FULL);
    expect(await key.up(without(property))).toBe("update");
    expect(live()?.[wire]).toEqual(none);
    expect(key.held?.outs).not.toHaveProperty(property);
    expect(await key.up(without(property))).toBe("same");
  });

  test("taking one limit out of a group takes that one off, and no other", async () => {
    const key = await declared(FULL);
    await key.up({ ...FULL, globalLimits: { tokensPerMinute: 100 } });
    expect(live()?.globalLimits).toMatchObject({ tpm: 100, tpd: null, rpm: null, rpd: null });
  });

  test.each([
    ["a budget", { budget: 0 }, { budget: 0 }],
    ["a global limit", { globalLimits: { requestsPerDay: 0 } }, { globalLimits: { rpd: 0, rpm: null } }],
    [
      "the limit of a model",
      { assetLimits: [{ model: GUIDE_MODEL, tokensPerDay: 0 }] },
      { assetsLimits: [{ tpd: 0, tpm: null }] },
    ],
  ])("%s of 0 stays 0: it allows nothing, and is not the same as none", async (_, declaration, wire) => {
    const key = await declared(declaration);
    expect(live()).toMatchObject(wire);
    expect(key.held?.outs).toMatchObject(declaration);
    await key.refresh();
    expect(key.held?.inputs).toMatchObject(declaration);
    expect(await key.up(declaration)).toBe("same");
  });

  test("null and an empty list in a program mean the same as nothing", async () => {
    const key = await declared({ name: "bare" });
    const empty = { name: "bare", budget: null, expiresAt: null, globalLimits: null, assetLimits: [] };
    expect(await key.up(empty)).toBe("same");
    expect(await key.up({ name: "bare", globalLimits: {} })).toBe("same");
  });
});

describe("what means the same makes no difference", () => {
  const byId = { model: MINI.id, requestsPerDay: 2 };
  const byPath = { model: MINI.path, requestsPerDay: 2 };
  const guide = { model: GUIDE_MODEL, requestsPerDay: 1 };

  test.each([
    ["the order of the models", { assetLimits: [byId, guide] }, { assetLimits: [guide, byId] }],
    ["the id of a model instead of its path", { assetLimits: [byPath] }, { assetLimits: [byId] }],
    ["the path of a model instead of its id", { assetLimits: [byId] }, { assetLimits: [byPath] }],
    [
      "an expiry as a date or as an instant",
      { expiresAt: "2099-01-31" },
      { expiresAt: "2099-01-31T01:00:00+01:00" },
    ],
    [
      "the default kind of tokens, said or not",
      { globalLimits: { tokensPerDay: 1 } },
      { globalLimits: { tokensPerDay: 1, tokenType: "total" } },
    ],
  ])("%s", async (_, before, after) => {
    const key = await declared(before);
    key.door = await stage.newRun();
    expect(await key.up(after)).toBe("same");
    await key.refresh();
    expect(await key.up(after)).toBe("same");
  });

  test("a path is resolved once, and the state remembers the id behind it", async () => {
    const key = await declared({ assetLimits: [byPath] });
    key.door = await stage.newRun();
    stage.controls.requests.clear();
    await key.up({ assetLimits: [byPath], budget: 1 });
    expect(stage.controls.requests().filter(({ route }) => route === "getModel")).toEqual([]);
    expect(key.held?.outs.assetLimits).toEqual([{ ...byPath, modelId: MINI.id }]);
  });

  test("one model by its id and by its path at once is refused, for it would have two entries", async () => {
    const key = new Resource(await stage.newRun());
    await expect(key.preview({ assetLimits: [byId, byPath] })).rejects.toThrow("is the same model as");
  });
});

describe("renaming", () => {
  test("happens in place: the key keeps its id and its access key", async () => {
    const key = await declared({ name: "before", budget: 1 });
    const { held } = key;
    expect(await key.up({ name: "after", budget: 1 })).toBe("update");
    expect(key.held).toMatchObject({
      id: held?.id,
      outs: { name: "after", accessKey: held?.outs.accessKey },
    });
    expect(live()).toMatchObject({ name: "after", accessKey: held?.outs.accessKey });
  });

  test("to a taken name is told in the preview, and fails in the update with the id of the key that has it", async () => {
    const other = stage.controls.createKey({ name: "theirs" });
    const key = await declared({ name: "mine" });
    expect(await key.preview({ name: "theirs" })).toBe("update");
    await key.door.end();
    expect(stage.told()).toContain(other.id);
    await expect(key.up({ name: "theirs" })).rejects.toThrow(
      `the name "theirs" is taken by the key ${other.id}`,
    );
    expect(key.held?.outs.name).toBe("mine");
    expect(await key.up({ name: "mine" })).toBe("same");
  });

  test("from a fixed to an automatic name and back happens in place", async () => {
    const key = await declared({ name: "fixed" });
    const { id } = key.held ?? {};
    expect(await key.up({})).toBe("update");
    expect(key.held).toMatchObject({ id, outs: { name: expect.stringMatching(/^key-[0-9a-f]{7}$/) } });
    expect(await key.up({ name: "fixed" })).toBe("update");
    expect(key.held?.id).toBe(id);
  });
});
