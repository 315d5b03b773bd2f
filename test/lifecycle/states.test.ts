import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { KeyEdit } from "../../emulator/src/index";
import type { Properties } from "../harness/front-door";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { FULL } from "../harness/scenarios";
import { type Declaration, type Held, Resource } from "../harness/stack";
import { GUIDE_MODEL, MINI } from "../harness/stage";

/** What a released version of this package left behind: its state, and the key on the platform. */
interface Golden {
  readonly title: string;
  readonly program: Declaration;
  readonly state: Held;
  readonly platform: KeyEdit & { readonly name: string; readonly accessKey: string };
}

const FOLDER = resolve(__dirname, "../golden");
const VERSIONS = readdirSync(FOLDER)
  .filter((file) => /^state-.*\.json$/.test(file))
  .map(
    (file) =>
      JSON.parse(readFileSync(resolve(FOLDER, file), "utf8")) as { version: string; states: Golden[] },
  );
const GOLDEN = VERSIONS.flatMap(({ version, states }) => states.map((each) => ({ version, ...each })));

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

describe("a state that an earlier version wrote", () => {
  test.each(GOLDEN)("$version, $title: an empty preview, before and after a refresh", async (golden) => {
    const { id } = stage.controls.createKey(golden.platform);
    expect(id).toBe(golden.state.id);
    // Years have gone by, and some keys have expired.
    stage.controls.clock.set("2030-01-01T00:00:00Z");
    const key = new Resource(await stage.newRun());
    key.held = golden.state;
    expect(await key.preview(golden.program)).toBe("same");
    await key.refresh();
    expect(await key.up(golden.program)).toBe("same");
    expect(key.accessKey).toBe(golden.platform.accessKey);
    expect(stage.told()).toBe("");
    await key.destroy();
    expect(stage.controls.keys()).toHaveLength(1);
  });
});

/** States as no version writes them, but as people and other tools leave them. */
const ODD: readonly { readonly what: string; readonly change: (outs: Properties) => Properties }[] = [
  { what: "without a hint of the access key", change: ({ accessKeyHint: _, ...rest }) => rest },
  { what: "without an access key", change: ({ accessKey: _, ...rest }) => rest },
  {
    what: "with properties that nobody knows",
    change: (outs) => ({ ...outs, usage: { requests: 3 }, v: 2 }),
  },
  {
    what: "without the ids behind the models",
    change: (outs) => ({
      ...outs,
      assetLimits: (outs.assetLimits as Properties[]).map(({ modelId: _, ...rest }) => rest),
    }),
  },
];

describe("an odd state", () => {
  const held = async (change: (outs: Properties) => Properties): Promise<Resource> => {
    const key = new Resource(await stage.newRun());
    await key.up(FULL);
    key.held = { ...(key.held as Held), outs: change(key.held?.outs ?? {}) };
    key.door = await stage.newRun();
    return key;
  };

  test.each(ODD)("$what is no difference", async ({ change }) => {
    expect(await (await held(change)).preview(FULL)).toBe("same");
    expect(stage.told()).toBe("");
  });

  test.each([
    ["empty", {}],
    ["of nonsense", { name: 7, budget: "many", assetLimits: "all", globalLimits: 3, accessKey: { a: 1 } }],
    ["of nothing but null", { name: null, budget: null, assetLimits: null, accessKey: null }],
  ])("%s can be refreshed, updated and destroyed", async (_, outs) => {
    const key = await held(() => outs);
    await key.refresh();
    expect(key.held?.outs).toMatchObject({ name: "full", budget: 1000 });
    expect(await key.up(FULL)).toBe("same");
    key.held = { ...(key.held as Held), outs };
    expect(await key.up({ ...FULL, budget: 2 })).toBe("update");
    key.held = { ...(key.held as Held), outs };
    await key.destroy();
    expect(stage.controls.keys()).toHaveLength(1);
  });
});

describe("the access key in the state", () => {
  test("outlives every update and refresh, although the platform shows a mask only", async () => {
    const key = new Resource(await stage.newRun());
    await key.up(FULL);
    const { accessKey } = key;
    for (const budget of [1, 2, 3]) {
      await key.up({ ...FULL, budget });
      await key.refresh();
      key.door = await stage.newRun();
    }
    expect(key.accessKey).toBe(accessKey);
    expect(accessKey).toMatch(/^[0-9a-f]{64}$/);
  });

  test("of a key that the program only reads stays absent: a mask is never taken for it", async () => {
    const { id } = stage.controls.createKey({ name: "theirs", budget: 3 });
    const { props } = await (await stage.newRun()).read(id, {});
    expect(props).not.toHaveProperty("accessKey");
    expect(props).toMatchObject({ name: "theirs", accessKeyHint: expect.stringContaining("*") });
  });
});

describe("the inputs that a refresh reports", () => {
  test("declare what the platform holds, in the program's own spelling of the models", async () => {
    const key = new Resource(await stage.newRun());
    await key.up(FULL);
    stage.controls.updateKey("full", {
      budget: null,
      assetsLimits: [
        { assetId: MINI.id, rpd: 9 },
        { assetId: GUIDE_MODEL, tpm: 10 },
      ],
    });
    key.door = await stage.newRun();
    await key.refresh();
    expect(key.held?.inputs).toEqual({
      name: "full",
      expiresAt: "2099-01-31",
      globalLimits: FULL.globalLimits,
      assetLimits: [
        { model: GUIDE_MODEL, tokensPerMinute: 10 },
        { model: MINI.path, requestsPerDay: 9 },
      ],
    });
  });
});
