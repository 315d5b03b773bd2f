import { UNKNOWN } from "../../provider/core/unknown";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { Resource } from "../harness/stack";
import { MINI } from "../harness/stage";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

describe("one model under two names", () => {
  const byPath = { model: MINI.path, requestsPerDay: 5 };
  const byId = { model: MINI.id, requestsPerDay: 7 };

  test("is refused on a new key, before anything is created, at the entry that names the path", async () => {
    const key = new Resource(await stage.newRun());
    await expect(key.up({ assetLimits: [byId, byPath] })).rejects.toThrow(
      `which is the same model as "${MINI.id}" in assetLimits[0]: keep one entry per model`,
    );
    expect(stage.controls.keys().every(({ isAdmin }) => isAdmin)).toBe(true);
  });

  test("is refused where the second name joins a path that is declared already", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ assetLimits: [byPath] });
    await expect(key.up({ assetLimits: [byPath, byId] })).rejects.toThrow(
      `which is the same model as "${MINI.id}" in assetLimits[0]: keep one entry per model`,
    );
    const live = stage.controls.keys().find(({ isAdmin }) => !isAdmin);
    expect(live?.assetsLimits).toHaveLength(1);
  });
});

describe("a delete that is answered by a page of HTML with 404", () => {
  const page = { status: 404, body: "<html>not found</html>" };

  test("succeeds where the platform's list does not have the key", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({});
    stage.controls.faults.add({ kind: "body", route: "deleteKey", contentType: "text/html", ...page });
    key.door = await stage.newRun();
    await key.destroy();
    expect(stage.controls.keys()).toHaveLength(1);
  });

  test("fails where the list still has the key, so that the state keeps it", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({});
    stage.controls.faults.add({ kind: "status", route: "deleteKey", times: "always", ...page });
    await expect(key.destroy()).rejects.toThrow("a page of HTML");
    expect(stage.controls.keys()).toHaveLength(2);
  });
});

test.each(["..", "usage-limits", ""])("%j is refused as the id of a key", async (id) => {
  const run = await stage.newRun();
  await expect(run.read(id, {})).rejects.toThrow("is not the id of a key");
});

const calls = () => stage.controls.requests().map(({ route }) => route);

describe("values that a preview cannot know yet", () => {
  test("are no models to ask the platform for, at any depth", async () => {
    const run = await stage.newRun();
    const assetLimits = [UNKNOWN, { model: UNKNOWN, requestsPerDay: 1 }];
    expect((await run.check({}, { name: "bot", assetLimits })).failures).toEqual([]);
    const key = new Resource(run);
    await key.up({ assetLimits: [{ model: MINI.id, requestsPerDay: 1 }] });
    stage.controls.requests.clear();
    const { id = "", outs = {} } = key.held ?? {};
    for (const unknown of [UNKNOWN, assetLimits])
      expect(await run.diff(id, outs, { name: String(outs.name), assetLimits: unknown })).toMatchObject({
        changes: true,
      });
    expect(calls()).not.toContain("getModel");
  });

  test("are no name to look for", async () => {
    const run = await stage.newRun();
    expect((await run.check({}, { name: UNKNOWN })).inputs).toEqual({ name: UNKNOWN });
    expect(calls()).toEqual([]);
  });

  test.each([{ name: UNKNOWN }, { name: "bot", budget: UNKNOWN }, {}])(
    "%j never reaches the platform as a new key",
    async (news) => {
      const run = await stage.newRun();
      await expect(run.create(news)).rejects.toThrow("name: is still unknown during the update");
      expect(stage.controls.keys()).toHaveLength(1);
    },
  );
});

describe("what is wrong with a declaration", () => {
  test("is told once more where it is written, whatever the check has let through", async () => {
    const run = await stage.newRun();
    await expect(run.create({ name: "bot", budget: -1 })).rejects.toThrow("budget: must be 0 or more");
  });

  test("is told of a new key that would expire before it is made", async () => {
    const run = await stage.newRun();
    const { failures } = await run.check({}, { name: "bot", expiresAt: "2026-03-09" });
    expect(failures.join()).toContain("is in the past");
  });

  test("names the entry of a path that nobody knows by its place in the program, beside one that is left out", async () => {
    const run = await stage.newRun();
    const entry = { model: "no/such/model", requestsPerDay: 1 };
    const { failures } = await run.check({}, { name: "bot", assetLimits: [null, entry] });
    expect(failures.join()).toMatch(
      /^assetLimits\[1\]\.model is "[^"]+", a path that the platform does not know/,
    );
  });
});

test("a key that has expired can still be updated as long as the expiry stays what it was", async () => {
  const key = new Resource(await stage.newRun());
  await key.up({ expiresAt: "2026-03-12" });
  stage.controls.clock.advance(5 * 24 * 60 * 60 * 1000);
  key.door = await stage.newRun();
  expect(await key.up({ expiresAt: "2026-03-12", budget: 5 })).toBe("update");
  expect(key.held?.outs.budget).toBe(5);
});

test("a resource that proposes no name is named all the same", async () => {
  const { inputs } = await (await stage.newRun()).check({}, { budget: 1 });
  expect(inputs?.name).toMatch(/^api-key-[0-9a-f]{7}$/);
});

test("a name that this stack holds is not told to be taken when its own key is to be replaced", async () => {
  const key = new Resource(await stage.newRun());
  await key.up({ name: "bot" });
  key.door = await stage.newRun();
  await key.check({ name: "bot" });
  await key.check({ name: "bot" }, {});
  expect(stage.told()).toBe("");
});

describe("drift that a preview has no place for", () => {
  test("is told as a catching up of the state where the key is as declared all the same", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ budget: 1 });
    stage.controls.updateKey(String(key.held?.id), { budget: 2 });
    key.door = await stage.newRun();
    expect(await key.preview({ budget: 2 })).toBe("update");
    expect(stage.told()).toContain(
      "already matches the program, but Pulumi's state does not (budget 1 -> 2)",
    );
    expect(stage.told()).not.toContain("Drift:");
  });

  test("makes a key that is gone a new one, which need not wait for the old one to go", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ name: "bot" });
    const { id = "", outs = {} } = key.held ?? {};
    stage.controls.deleteKey(id);
    const run = await stage.newRun();
    expect(await run.diff(id, outs, { name: "bot" })).toEqual({
      changes: true,
      replaces: ["accessKey"],
      deleteBeforeReplace: false,
    });
  });
});

test("a program that reads a key which does not exist is told how to find the ids of those that do", async () => {
  const run = await stage.newRun();
  await expect(run.read("nobody", {})).rejects.toThrow(
    'there is no key "nobody" in the account. Run npx pulumi-aixplain list to see the ids of its keys',
  );
});

test("a delete that is forbidden fails, also where the key is gone by then", async () => {
  const key = new Resource(await stage.newRun());
  await key.up({});
  stage.controls.faults.add({ kind: "status", route: "deleteKey", status: 403 });
  stage.controls.deleteKey(String(key.held?.id));
  key.door = await stage.newRun();
  await expect(key.destroy()).rejects.toThrow("answered 403");
});

test("an update of a key that the list does not show is made all the same: the list can be behind", async () => {
  const key = new Resource(await stage.newRun());
  await key.up({ budget: 1 });
  stage.controls.faults.add({ kind: "body", route: "listKeys", body: "[]", times: "always" });
  key.door = await stage.newRun({ driftCheck: false });
  expect(await key.up({ budget: 2 })).toBe("update");
  expect(stage.controls.keys()).toContainEqual(expect.objectContaining({ id: key.held?.id, budget: 2 }));
});

describe("an update that the platform refuses", () => {
  const refused = async (status: number) => {
    const key = new Resource(await stage.newRun());
    await key.up({ name: "bot" });
    stage.controls.faults.add({ kind: "status", route: "updateKey", status });
    key.door = await stage.newRun();
    stage.controls.requests.clear();
    await expect(key.up({ name: "bot", budget: 2 })).rejects.toThrow(`answered ${status}`);
    return calls();
  };

  test("with 422 although nobody else has the name is told in the platform's own words", async () => {
    expect(await refused(422)).toEqual(["listKeys", "updateKey", "listKeys"]);
  });

  test("for a reason that has nothing to do with names costs no look at them", async () => {
    expect(await refused(403)).toEqual(["listKeys", "updateKey"]);
  });
});
