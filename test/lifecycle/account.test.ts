import { MAX_AGE_MS, OWN_WRITES_MS } from "../../provider/lifecycle/account";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { Resource } from "../harness/stack";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

const calls = () => stage.controls.requests().map(({ method, route }) => `${method} ${route}`);
const count = (call: string) => calls().filter((each) => each === call).length;

/** Keys that an earlier run created, in a new run that has asked nothing yet. */
async function keysOfEarlierRun(how: number): Promise<Resource[]> {
  const before = await stage.newRun();
  const keys = Array.from({ length: how }, (_, at) => new Resource(before, `key-${at}`));
  await Promise.all(keys.map((key) => key.up({ budget: 1 })));
  const door = await stage.newRun();
  for (const key of keys) key.door = door;
  stage.controls.requests.clear();
  return keys;
}

describe("the account is read once for all resources of a run", () => {
  test("a hundred previews make one call in all", async () => {
    const keys = await keysOfEarlierRun(100);
    const steps = await Promise.all(keys.map((key) => key.preview({ budget: 1 })));
    expect(new Set(steps)).toEqual(new Set(["same"]));
    expect(calls()).toEqual(["GET listKeys"]);
  });

  test("so do a hundred refreshes", async () => {
    const keys = await keysOfEarlierRun(100);
    await Promise.all(keys.map((key) => key.refresh()));
    expect(calls()).toEqual(["GET listKeys"]);
  });

  test("a hundred updates make one reading and one write each, and a following refresh none", async () => {
    const keys = await keysOfEarlierRun(100);
    await Promise.all(keys.map((key) => key.up({ budget: 2 })));
    await Promise.all(keys.map((key) => key.refresh()));
    expect(count("GET listKeys")).toBe(1);
    expect(count("PUT updateKey")).toBe(100);
    expect(calls()).toHaveLength(101);
    expect(keys.map(({ held }) => held?.outs.budget)).toEqual(keys.map(() => 2));
  });

  test("a hundred creates make one reading and one write each", async () => {
    const door = await stage.newRun();
    await Promise.all(Array.from({ length: 100 }, (_, at) => new Resource(door, `key-${at}`).up({})));
    expect(count("GET listKeys")).toBe(1);
    expect(count("POST createKey")).toBe(100);
  });

  test("a hundred deletes make one reading and one write each", async () => {
    const keys = await keysOfEarlierRun(100);
    await Promise.all(keys.map((key) => key.destroy()));
    expect(count("GET listKeys")).toBe(1);
    expect(count("DELETE deleteKey")).toBe(100);
    expect(stage.controls.keys()).toHaveLength(1);
  });

  test("a reading that failed is not remembered: the next resource asks again", async () => {
    const [key] = await keysOfEarlierRun(1);
    stage.controls.faults.add({ kind: "status", route: "listKeys", status: 403 });
    await expect(key?.preview({ budget: 1 })).rejects.toThrow("answered 403");
    expect(await key?.preview({ budget: 1 })).toBe("same");
  });

  test("an old reading is not believed for longer than a run may take between two looks", async () => {
    const [key] = await keysOfEarlierRun(1);
    await key?.preview({ budget: 1 });
    stage.controls.updateKey(String(key?.held?.id), { budget: 9 });
    stage.controls.clock.advance(MAX_AGE_MS);
    expect(await key?.preview({ budget: 1 })).toBe("same");
    stage.controls.clock.advance(1);
    expect(await key?.preview({ budget: 1 })).toBe("update");
  });
});

describe("a list that lags behind", () => {
  test("and lacks a key for a moment does not make the key vanish: it is asked for by its id", async () => {
    const [key] = await keysOfEarlierRun(1);
    stage.controls.faults.add({ kind: "stale", route: "listKeys", hideNewerThanMs: 1_000 });
    expect(await key?.preview({ budget: 1 })).toBe("same");
    expect(calls()).toEqual(["GET listKeys", "GET getKey"]);
  });

  test("does not hide what this run created itself", async () => {
    const key = new Resource(await stage.newRun());
    stage.controls.faults.add({
      kind: "stale",
      route: "listKeys",
      hideNewerThanMs: 1_000_000,
      times: "always",
    });
    await key.up({ budget: 1 });
    stage.controls.clock.advance(MAX_AGE_MS + OWN_WRITES_MS);
    expect(await key.preview({ budget: 1 })).toBe("same");
  });

  test("does not bring back what this run deleted", async () => {
    const [key, other] = await keysOfEarlierRun(2);
    const { held } = key as Resource;
    await key?.destroy();
    stage.controls.faults.add({ kind: "stale", route: "listKeys", times: "always" });
    // A refused name makes the provider read the account anew.
    await expect(other?.up({ name: "Admin" })).rejects.toThrow("is taken by the key");
    expect(await other?.door.read(String(held?.id), held?.outs ?? {})).toEqual({ id: "" });
  });
});

describe("with the drift check switched off", () => {
  test("a preview makes no call at all, and compares with the state", async () => {
    const [key] = await keysOfEarlierRun(1);
    const { held } = key as Resource;
    const quiet = new Resource(await stage.newRun({ driftCheck: false }), "key-0");
    quiet.held = held;
    stage.controls.updateKey(String(held?.id), { budget: 9 });
    expect(await quiet.preview({ budget: 1 })).toBe("same");
    expect(await quiet.preview({ budget: 2 })).toBe("update");
    expect(calls()).toEqual([]);
    expect(stage.told()).toBe("");
  });

  test("a refresh still asks the platform", async () => {
    const [key] = await keysOfEarlierRun(1);
    const quiet = new Resource(await stage.newRun({ driftCheck: false }), "key-0");
    quiet.held = key?.held;
    stage.controls.updateKey(String(key?.held?.id), { budget: 9 });
    await quiet.refresh();
    expect(quiet.held?.outs.budget).toBe(9);
  });
});

describe("a refresh", () => {
  test("of a key that is as the state has it leaves the inputs alone, so that the next update writes no state for it", async () => {
    const [key] = await keysOfEarlierRun(1);
    const { held } = key as Resource;
    const answer = await key?.door.read(String(held?.id), held?.outs ?? {});
    expect(answer).toEqual({ id: held?.id, props: held?.outs });
  });

  test("of a key that was changed takes the change over into the inputs", async () => {
    const [key] = await keysOfEarlierRun(1);
    const { held } = key as Resource;
    stage.controls.updateKey(String(held?.id), { budget: 9 });
    const answer = await key?.door.read(String(held?.id), held?.outs ?? {});
    expect(answer).toMatchObject({ props: { budget: 9 }, inputs: { name: held?.outs.name, budget: 9 } });
  });
});
