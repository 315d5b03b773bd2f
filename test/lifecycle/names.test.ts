import { setImmediate as immediate } from "node:timers/promises";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { type Held, Resource } from "../harness/stack";
import { LEFTOVER } from "./model/world";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

const names = () => stage.controls.keys().flatMap(({ isAdmin, name }) => (isAdmin ? [] : [name]));
const newKey = async (logicalName = "bot") => new Resource(await stage.newRun(), logicalName);

async function sequence(length: number): Promise<string[]> {
  const found: string[] = [];
  const { door } = await newKey();
  while (found.length < length) found.push(String((await new Resource(door, "bot").check({})).name));
  return found;
}

/** The engine dies between the platform's answer and its own checkpoint. */
async function crash(key: Resource, step: () => Promise<unknown>): Promise<void> {
  const { held, pending } = key;
  await step();
  Object.assign(key, { held, pending });
  key.door = await stage.newRun();
  stage.forgetTold();
}

describe("an automatic name", () => {
  test("is computed from the resource, so every run and every process finds the same sequence", async () => {
    expect(await sequence(4)).toEqual(await sequence(4));
    expect(new Set(await sequence(4)).size).toBe(4);
  });

  test("is another one for another resource", async () => {
    const [first] = await sequence(1);
    const other = await (await newKey("other")).check({});
    expect(String(other.name).slice(-7)).not.toBe(first?.slice(-7));
  });

  test("is never given twice in one run, however many resources ask at once", async () => {
    const { door } = await newKey();
    const asked = Array.from({ length: 20 }, () => new Resource(door, "bot").check({}));
    const given = await Promise.all(asked);
    expect(new Set(given.map(({ name }) => name)).size).toBe(20);
  });

  test("is kept for life, also after a refresh took the inputs from the platform", async () => {
    const key = await newKey();
    await key.up({});
    const [name] = names();
    await key.refresh();
    key.door = await stage.newRun();
    expect(await key.up({ budget: 1 })).toBe("update");
    expect(names()).toEqual([name]);
  });

  test("of a replacement is a new one, so that the new key can come before the old one goes", async () => {
    const key = await newKey();
    await key.up({});
    const { accessKey } = key;
    const [old] = names();
    key.door = await stage.newRun();
    stage.controls.requests.clear();
    await key.up({}, { replace: true });
    expect(names()).toHaveLength(1);
    expect(names()).not.toEqual([old]);
    expect(key.accessKey).not.toBe(accessKey);
    const writes = stage.controls.requests().filter(({ method }) => method !== "GET");
    expect(writes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
  });

  test("of a key that somebody renamed on the platform is given back", async () => {
    const key = await newKey();
    await key.up({});
    const before = names();
    stage.controls.updateKey(String(before[0]), { name: "theirs" });
    key.door = await stage.newRun();
    expect(await key.up({})).toBe("update");
    expect(names()).toEqual(before);
  });
});

describe("a key that a killed run left behind", () => {
  const named = (id: string | undefined) => `${id}`;
  /** What a whole run told: leftovers are judged at its end. */
  const toldBy = async (key: Resource): Promise<string> => {
    await key.door.end();
    return stage.told();
  };
  const idOf = (name: string | undefined) => stage.controls.keys().find((key) => key.name === name)?.id;

  test("is named at the end of the run, and the next name of the sequence is used", async () => {
    const [first, second] = await sequence(2);
    const key = await newKey();
    await crash(key, () => key.up({ budget: 1 }));
    expect(await key.up({ budget: 1 })).toBe("create");
    expect(await toldBy(key)).toContain(named(idOf(first)));
    expect(names()).toEqual([first, second]);
    expect(key.held?.outs.name).toBe(second);
  });

  test("is not named by the preview of a new key: the engine asks like that for --replace of a healthy one", async () => {
    const key = await newKey();
    await crash(key, () => key.up({}));
    expect(await key.preview({})).toBe("create");
    expect(await toldBy(key)).toBe("");
  });

  test("is told as one of two readings, with its use today and without a command that deletes it", async () => {
    const key = await newKey();
    await crash(key, () => key.up({}));
    await key.up({});
    const told = await toldBy(key);
    expect(told).toContain(
      "It was not used today. Either an interrupted run left it behind (the next update finishes an interrupted replacement), or it is in use",
    );
    expect(told).toMatch(LEFTOVER);
    expect(told).not.toMatch(/delete|no state knows/);
  });

  test("is named also where an earlier name of the sequence is free again", async () => {
    const key = await newKey();
    for (let crashes = 0; crashes < 2; crashes += 1) await crash(key, () => key.up({}));
    const [first, second] = names();
    stage.controls.deleteKey(String(first));
    await key.up({});
    expect(key.held?.outs.name).toBe(first);
    expect(await toldBy(key)).toContain(named(idOf(second)));
  });

  test("is named one by one, after several crashes", async () => {
    const key = await newKey();
    const found = await sequence(4);
    for (let crashes = 0; crashes < 3; crashes += 1) await crash(key, () => key.up({}));
    await key.up({});
    expect(names()).toEqual(found);
    const told = await toldBy(key);
    for (const name of found.slice(0, 3)) expect(told).toContain(named(idOf(name)));
    expect(told).not.toContain(named(idOf(found[3])));
  });

  test("is named after the replacement of a vanished key was cut off, although it has the name of the old one", async () => {
    const key = await newKey();
    await key.up({});
    stage.controls.deleteKey(String(key.held?.id));
    key.door = await stage.newRun();
    await crash(key, () => key.up({}));
    const orphan = idOf(names()[0]);
    expect(await key.up({})).toBe("replace");
    expect(await toldBy(key)).toContain(named(orphan));
    expect(names()).toHaveLength(2);
  });

  test("is named after a forced replacement was cut off, although the old key goes on", async () => {
    const key = await newKey();
    await key.up({});
    key.door = await stage.newRun();
    await crash(key, async () => {
      stage.controls.faults.add({ kind: "status", route: "deleteKey", status: 403 });
      await key.up({}, { replace: true }).catch(() => undefined);
    });
    const orphan = idOf(names()[1]);
    expect(orphan).toBeDefined();
    await key.up({});
    expect(await toldBy(key)).toContain(named(orphan));
  });

  test("is named where it has the name that a key which was renamed on the platform is to get back", async () => {
    const [, second] = await sequence(2);
    const key = await newKey();
    // A forced replacement takes the second of the names that are free, for it asks twice.
    stage.controls.createKey({ name: String(second) });
    key.held = stateOf(String(second));
    stage.controls.updateKey(String(key.held?.id), { name: "theirs" });
    key.door = await stage.newRun();
    await crash(key, async () => {
      stage.controls.faults.add({ kind: "status", route: "deleteKey", status: 403 });
      await key.up({}, { replace: true }).catch(() => undefined);
    });
    const orphan = stage.controls.keys().at(-1)?.id;
    await expect(key.up({})).rejects.toThrow(named(orphan));
  });

  /** A key that has a name further on in the sequence, as after a replacement. */
  const stateOf = (name: string): Held => ({
    id: String(idOf(name)),
    inputs: { name, __autoname: true },
    outs: { name, accessKeyHint: "" },
  });

  test("is named also where the program gives the resource a fixed name before the next run", async () => {
    const key = await newKey();
    await crash(key, () => key.up({}));
    const [orphan] = names();
    expect(await key.up({ name: "fixed" })).toBe("create");
    expect(await toldBy(key)).toContain(named(idOf(orphan)));
  });

  test("is not seen in the resource's own key, which the program renames to a fixed name", async () => {
    const key = await newKey();
    await key.up({});
    key.door = await stage.newRun();
    expect(await key.up({ name: "fixed" })).toBe("update");
    expect(await toldBy(key)).toBe("");
  });

  test("that had a fixed name is named as the key that has the name", async () => {
    const key = await newKey();
    await crash(key, () => key.up({ name: "fixed" }));
    const orphan = idOf("fixed");
    await expect(key.up({ name: "fixed" })).rejects.toThrow(named(orphan));
    expect(names()).toEqual(["fixed"]);
    stage.controls.deleteKey(String(orphan));
    key.door = await stage.newRun();
    expect(await key.up({ name: "fixed" })).toBe("create");
  });
});

describe("a fixed name", () => {
  test("that is taken is refused by the create with the id of the key that has it, which stays as it is", async () => {
    const other = stage.controls.createKey({ name: "taken", budget: 3 });
    const key = await newKey();
    await expect(key.up({ name: "taken", budget: 9 })).rejects.toThrow(
      `the name "taken" is taken by the key ${other.id} of the account`,
    );
    expect(stage.controls.keys()[1]).toEqual(other);
    expect(key.held).toBeUndefined();
  });

  test("that is taken between the preview and the update is refused in the same words", async () => {
    const key = await newKey();
    const inputs = await key.check({ name: "late" });
    const other = stage.controls.createKey({ name: "late" });
    await expect(key.door.create(inputs)).rejects.toThrow(`is taken by the key ${other.id}`);
  });

  test("that a key is about to give up is not taken from it once its own update has renamed it", async () => {
    const key = await newKey("key");
    await key.up({ name: "fixed" });
    key.door = await stage.newRun();
    const other = new Resource(key.door, "other");
    const rename = await key.plan({ name: "free" });
    const create = await other.plan({ name: "fixed" });
    let renaming: Promise<unknown> | undefined;
    stage.meanwhile = async ({ body }) => {
      if (renaming || !JSON.stringify(body ?? "").includes("(renaming ")) return;
      renaming = rename();
      for (let turn = 0; turn < 50; turn += 1) await immediate();
    };
    await create();
    await renaming;
    expect(renaming).toBeDefined();
    expect(names()).toEqual(["free", "fixed"]);
  });

  test.each([
    ["create", {}],
    ["update", { name: "first" }],
  ])("that its key gives up while it is asked for does not fail the %s", async (_, before) => {
    const [key, other] = [await newKey("key"), await newKey("other")];
    await key.up({ name: "fixed" });
    if ("name" in before) await other.up(before);
    key.door = await stage.newRun();
    other.door = key.door;
    const take = await other.plan({ name: "fixed" });
    let refused = false;
    stage.meanwhile = async ({ method }) => {
      if (refused && method === "GET") stage.controls.deleteKey(String(key.held?.id));
      refused = method !== "GET";
    };
    await take();
    expect(names()).toEqual(["fixed"]);
    expect(other.held?.outs.name).toBe("fixed");
  });

  test("makes a replacement delete first, for two keys cannot share it", async () => {
    const key = await newKey();
    await key.up({ name: "fixed" });
    const diff = await key.door.diff(
      String(key.held?.id),
      key.held?.outs ?? {},
      await key.check({ name: "fixed" }),
    );
    expect(diff).toEqual({ changes: false, replaces: [], deleteBeforeReplace: true });
  });
});

describe("a create without an answer, while a stack of the same name makes a key of the same automatic name", () => {
  const other = () => stage.controls.keys().filter(({ isAdmin }) => !isAdmin);

  /** How our update ends where theirs is created just before ours is refused. */
  async function played(budget: number, used: boolean): Promise<unknown> {
    const key = await newKey();
    stage.meanwhile = async ({ method, body }) => {
      if (method !== "POST") return;
      stage.meanwhile = undefined;
      const { name } = body as { readonly name: string };
      const { accessKey } = stage.controls.createKey({ name, budget });
      if (used) await stage.use(accessKey);
    };
    stage.controls.faults.add({ route: "createKey", kind: "status", status: 503 });
    return key.up({ budget: 1 }).catch((error: unknown) => error);
  }

  test.each([
    ["is not as this program declares it", 99, false, "It differs from the declaration"],
    ["was used", 1, true, "It was used today"],
  ])("is not removed where it %s, and both readings are told", async (_, budget, used, doubt) => {
    const outcome = await played(budget, used);
    expect(String(outcome)).toContain(
      `now the key ${other()[0]?.id} has that name. ${doubt}. Either this run created it`,
    );
    expect(other()).toMatchObject([{ budget }]);
  });
});
