import { DEFAULT_WARNINGS, WARNINGS, type WarningId, type WarningLevel } from "../../provider/core/warning";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { type Declaration, Resource } from "../harness/stack";
import { GUIDE_MODEL } from "../harness/stage";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

const levels = (level: WarningLevel, ...ids: WarningId[]) => ({
  ...DEFAULT_WARNINGS,
  levels: { ...DEFAULT_WARNINGS.levels, ...Object.fromEntries(ids.map((id) => [id, level])) },
});
const ALL = Object.keys(WARNINGS) as WarningId[];
const routes = (): string[] => stage.controls.requests().map(({ route }) => String(route));

/** A key as it was declared, used so often today. */
async function used(declaration: Declaration, times: number): Promise<Resource> {
  const key = new Resource(await stage.newRun());
  await key.up(declaration);
  for (let n = 0; n < times; n += 1) await stage.use(String(key.accessKey));
  stage.forgetTold();
  stage.controls.requests.clear();
  return key;
}

const day = (requestsPerDay: number): Declaration => ({ name: "bot", globalLimits: { requestsPerDay } });

describe("use beside a limit that changes", () => {
  test("is read once in a preview and told; nothing is read where no limit of the day changes", async () => {
    const key = await used(day(9), 3);
    key.door = await stage.newRun();
    expect(await key.preview({ ...day(9), budget: 5 })).toBe("update");
    expect(routes()).toEqual(["listKeys"]);
    expect(await key.preview(day(2))).toBe("update");
    expect(routes()).toEqual(["listKeys", "keyUsage"]);
    expect(stage.told()).toContain("[limit-below-use]");
  });

  test("that cannot be read stops nobody, and is told", async () => {
    const key = await used(day(9), 3);
    key.door = await stage.newRun();
    stage.controls.faults.add({ kind: "status", route: "keyUsage", status: 500, times: "always" });
    expect(await key.preview(day(2))).toBe("update");
    expect(stage.told()).toContain('The usage of the key "bot" could not be read');
  });

  test("that cannot be read stops the update where a warning of it is an error", async () => {
    const key = await used(day(9), 3);
    key.door = await stage.newRun({ warnings: levels("error", "use-above-threshold") });
    stage.controls.faults.add({ kind: "status", route: "keyUsage", status: 500, times: "always" });
    await expect(key.up(day(2))).rejects.toThrow("usage-limits");
    expect(stage.controls.keys().at(-1)?.globalLimits?.rpd).toBe(9);
  });

  test("made an error, stops the update before anything is written", async () => {
    const key = await used(day(9), 3);
    key.door = await stage.newRun({ warnings: levels("error", "limit-below-use") });
    await expect(key.up(day(2))).rejects.toThrow(
      "[limit-below-use, made an error by the setting aixplain:warnings]",
    );
    expect(routes().filter((route) => route === "updateKey")).toEqual([]);
  });
});

describe("a warning", () => {
  test("of the declaration is told when it changes, and not in every run after", async () => {
    const odd = { name: "bot", budget: 0 };
    const key = new Resource(await stage.newRun());
    await key.up(odd);
    expect(stage.told().match(/\[zero\]/g)).toHaveLength(1);
    stage.forgetTold();
    key.door = await stage.newRun();
    await key.up(odd);
    expect(stage.told()).not.toContain("[zero]");
  });

  test("of the date is told in every run, once", async () => {
    const soon = { name: "bot", expiresAt: "2026-03-20" };
    const key = new Resource(await stage.newRun());
    await key.up(soon);
    stage.forgetTold();
    key.door = await stage.newRun();
    await key.up(soon);
    await key.preview(soon);
    expect(stage.told().match(/\[expires-soon\]/g)).toHaveLength(1);
  });

  test("of the date is not told of the keys of a rotation, which end as planned", async () => {
    const door = await stage.newRun();
    const generation = new Resource(door, "bot-generation-2026-03-01");
    await generation.up({ expiresAt: "2026-03-20" });
    expect(stage.told()).not.toContain("expires-soon");
  });

  test("that is an error fails the check with every other thing that is wrong", async () => {
    const door = await stage.newRun({ warnings: levels("error", "zero", "limit-never-reached") });
    const { failures } = await door.check(
      {},
      { name: "bot", budget: 0, globalLimits: { requestsPerMinute: 9, requestsPerDay: 3 } },
    );
    expect(failures).toEqual([
      expect.stringContaining("[zero, made an error"),
      expect.stringContaining("[limit-never-reached, made an error"),
    ]);
  });
});

describe("a model that the platform does not know any more", () => {
  const limited = (requestsPerDay: number) => ({
    name: "bot",
    assetLimits: [{ model: GUIDE_MODEL, requestsPerDay }],
  });

  test.each([
    [404, "[unknown-model]"],
    [500, "could not be looked up"],
  ])("is told where the limits of its key change: %s", async (status, words) => {
    const key = await used(limited(5), 0);
    key.door = await stage.newRun();
    stage.controls.faults.add({ kind: "status", route: "getModel", status, times: "always" });
    expect(await key.preview(limited(5))).toBe("same");
    expect(stage.told()).toBe("");
    expect(await key.preview(limited(6))).toBe("update");
    expect(stage.told()).toContain(words);
  });
});

describe("calls for 1,000 keys", () => {
  const KEYS = 1000;
  const MODELS = [GUIDE_MODEL, "640b517694bf816d35a59125"];
  const declared = (requestsPerDay: number, n: number): Declaration => ({
    name: `key-${n}`,
    globalLimits: { requestsPerDay },
    assetLimits: MODELS.map((model) => ({ model, tokensPerDay: 50_000 })),
  });

  test("are one list, and only with warnings on one usage for each key whose limit of the day changes", async () => {
    const first = await stage.newRun();
    const keys = Array.from({ length: KEYS }, (_, n) => new Resource(first, `key-${n}`));
    for (const [n, key] of keys.entries()) await key.up(declared(500, n));
    /** The calls of a preview in which so many keys change. */
    const calls = async (changed: number, warnings = DEFAULT_WARNINGS): Promise<Record<string, number>> => {
      stage.controls.requests.clear();
      const door = await stage.newRun({ warnings });
      for (const [n, key] of keys.entries()) {
        key.door = door;
        await key.preview(declared(n < changed ? 400 : 500, n));
      }
      const made: Record<string, number> = {};
      for (const route of routes()) made[route] = (made[route] ?? 0) + 1;
      return made;
    };
    const off = levels("off", ...ALL);
    const all = { ...DEFAULT_WARNINGS, unchangedKeys: true };
    expect(await calls(0)).toEqual({ listKeys: 1 });
    expect(await calls(0, off)).toEqual({ listKeys: 1 });
    expect(await calls(10)).toEqual({ listKeys: 1, keyUsage: 10, getModel: 2 });
    expect(await calls(10, off)).toEqual({ listKeys: 1 });
    expect(await calls(KEYS)).toEqual({ listKeys: 1, keyUsage: KEYS, getModel: 2 });
    expect(await calls(KEYS, off)).toEqual({ listKeys: 1 });
    expect(await calls(0, all)).toEqual({ listKeys: 1, keyUsage: KEYS, getModel: 2 });
  }, 300_000);
});
