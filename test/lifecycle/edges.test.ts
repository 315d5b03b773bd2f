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
      `assetLimits[1].model is the same model as "${MINI.id}"`,
    );
    expect(stage.controls.keys().every(({ isAdmin }) => isAdmin)).toBe(true);
  });

  test("is refused where the second name joins a path that is declared already", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ assetLimits: [byPath] });
    await expect(key.up({ assetLimits: [byPath, byId] })).rejects.toThrow(
      `names the model "${MINI.id}" twice, by its path and by its id`,
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
