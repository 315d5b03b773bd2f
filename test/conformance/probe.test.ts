import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/src/index";
import { differencesPage, readFacts } from "../../tools/probe/facts";
import { probe, questionIds, type Result } from "../../tools/probe/probe";
import { Service } from "../../tools/probe/service";

const DOCS = join(__dirname, "../../docs");
const GUIDE_MODEL = "6661df926d36df3b878e0697";
const ADMIN_KEY = "probe-admin-key-0123";

let emulator: Emulator;

const start = async (options: EmulatorOptions = {}): Promise<void> => {
  emulator = await startEmulator({ adminKey: ADMIN_KEY, ...options });
  emulator.controls.clock.set("2026-03-10T12:00:00Z");
};
const ask = (write: boolean): Promise<Result[]> => {
  const address = { url: emulator.url, runsUrl: emulator.syncRunUrl, adminKey: ADMIN_KEY };
  return probe({ service: new Service(address), write, model: GUIDE_MODEL });
};
const differing = (results: readonly Result[]) =>
  results.filter(({ holds }) => holds !== true).map(({ id, holds }) => [id, holds]);

describe("the probe", () => {
  afterEach(() => emulator.close());

  test("finds every assumption to hold in the emulator as it is, and leaves nothing behind", async () => {
    await start();
    const results = await ask(true);
    expect(differing(results)).toEqual([]);
    expect(results.map(({ id }) => id).sort()).toEqual([...questionIds].sort());
    expect(emulator.controls.keys().map(({ name }) => name)).toEqual(["Admin"]);
  });

  test("reads only, unless it may write", async () => {
    await start();
    expect(differing(await ask(false))).toEqual([]);
    expect(new Set(emulator.controls.requests().map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  test.each<[string, EmulatorOptions, [string, boolean | undefined][]]>([
    ["0 means no limit", { zeroMeans: "unlimited" }, [["zero", false]]],
    [
      "an absent field is cleared",
      { absentFields: "clear" },
      [
        ["empty-update", false],
        ["absent-field", false],
      ],
    ],
    ["an absent limit is kept", { absentLimits: "keep" }, [["absent-limit", false]]],
    ["the admin key is protected", { adminKeyInList: "protected" }, [["admin-update", false]]],
    [
      "the admin key is hidden",
      { adminKeyInList: "hidden" },
      [
        ["admin-listed", false],
        ["mask", undefined],
        ["admin-update", undefined],
      ],
    ],
  ])("sees where %s", async (_what, options, expected) => {
    await start(options);
    expect(differing(await ask(true))).toEqual(expected);
  });

  test("sees answers that are otherwise: statuses, masks, blanks, expiries, error bodies", async () => {
    await start();
    const { faults } = emulator.controls;
    const always = { times: "always" as const };
    faults.add({ route: "listKeys", kind: "merge", merge: { accessKey: "shown-in-full" }, ...always });
    faults.add({ route: "getKey", kind: "status", status: 404, body: { detail: "gone" }, ...always });
    faults.add({ route: "createKey", kind: "merge", merge: { expiresAt: "2099-01-31T00:00:00Z" } });
    const found = differing(await ask(true)).map(([id]) => id);
    expect(found).toEqual(["error-body", "mask", "expiry"]);
  });

  test("removes its key when questions fail, and says so when it cannot", async () => {
    await start();
    emulator.controls.faults.add({ route: "updateKey", kind: "drop-after", times: "always" });
    const results = await ask(true);
    expect(results.find(({ id }) => id === "absent-field")?.holds).toBeUndefined();
    expect(emulator.controls.keys()).toHaveLength(1);
    emulator.controls.faults.clear();
    emulator.controls.faults.add({ route: "deleteKey", kind: "status", status: 500, times: "always" });
    await expect(ask(true)).rejects.toThrow(/named aixplain-emulator-probe-\w+, is still there/);
  });

  test("shows no key", async () => {
    await start();
    const said = JSON.stringify(await ask(true));
    expect(said).not.toContain(ADMIN_KEY);
    expect(said).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe("the facts", () => {
  const file = readFacts(join(DOCS, "emulator-facts.json"));

  test("are what the page says", () => {
    expect(readFileSync(join(DOCS, "emulator-differences.md"), "utf8")).toBe(differencesPage(file));
  });

  test("name questions and options that are there", () => {
    const asked = file.facts.flatMap(({ probe: id }) => (id === undefined ? [] : [id]));
    expect(new Set(asked)).toEqual(new Set(questionIds));
    const options = file.facts.flatMap(({ option }) => (option === undefined ? [] : [option]));
    const known: Record<keyof EmulatorOptions, true> | object = {
      zeroMeans: true,
      absentFields: true,
      absentLimits: true,
      adminKeyInList: true,
      catalogue: true,
      openCatalogue: true,
      managementRateLimit: true,
    };
    for (const option of options) expect(known).toHaveProperty(option);
  });
});
