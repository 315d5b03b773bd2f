import { refusalOf } from "./front-door";
import type { Scenario } from "./scenarios";
import { type Declaration, Resource } from "./stack";
import { GUIDE_MODEL, MINI, type Stage } from "./stage";

export const NOW = "2026-03-10T12:00:00Z";
const SUSPENSION = Date.parse("2000-01-01T00:00:00Z");

export const KEY: Declaration = {
  name: "key",
  budget: 1000,
  expiresAt: "2099-01-31",
  globalLimits: { tokensPerDay: 1000, requestsPerDay: 10, tokenType: "input" },
  assetLimits: [
    { model: GUIDE_MODEL, requestsPerDay: 5 },
    { model: MINI.path, tokensPerDay: 50 },
  ],
};
const BOOST = {
  until: "2026-03-12",
  globalLimits: { tokensPerDay: 5000 },
  assetLimits: [{ model: MINI.path, tokensPerDay: 500 }],
};

export const begin = async (stage: Stage, logicalName?: string): Promise<Resource> =>
  new Resource(await stage.newRun({ now: NOW }), logicalName);

/** The key as the platform has it. */
export const keyOf = (stage: Stage, name = "key") => stage.controls.keys().find((key) => key.name === name);

const SUSPENDING: readonly Scenario[] = [
  {
    title: "a suspended key is stopped, said so before, and comes back as it was, with the same access key",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(KEY);
      const before = keyOf(stage);
      key.door = await stage.newRun({ now: NOW });
      stage.forgetTold();
      expect(await key.preview({ ...KEY, suspended: true })).toBe("update");
      expect(stage.told()).toMatch(
        /The key "key" \(id-\d+\) will be suspended: the platform will refuse its access key\. It was not used today\./,
      );
      expect(keyOf(stage)).toEqual(before);
      expect(await key.up({ ...KEY, suspended: true })).toBe("update");
      expect(keyOf(stage)).toEqual({ ...before, expiresAt: SUSPENSION });
      expect(key.held?.outs).toMatchObject({ suspended: true, expiresAt: "2099-01-31" });
      expect(await key.up({ ...KEY, suspended: true })).toBe("same");
      key.door = await stage.newRun({ now: NOW });
      await key.refresh();
      stage.forgetTold();
      expect(await key.up({ ...KEY, suspended: true })).toBe("same");
      expect(stage.told()).toBe("");
      expect(await key.up(KEY)).toBe("update");
      expect(stage.told()).toContain("will work again, with the same access key");
      expect(keyOf(stage)).toEqual(before);
      expect(key.accessKey).toBe(before?.accessKey);
    },
  },
  {
    title:
      "a key that somebody suspends on the platform is reported as suspended, and works again after the update",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(KEY);
      stage.controls.updateKey("key", { expiresAt: "2000-01-01T00:00:00Z" });
      key.door = await stage.newRun({ now: NOW });
      stage.forgetTold();
      expect(await key.preview(KEY)).toBe("update");
      expect(stage.told()).toMatch(/Drift: the key "key" .*: suspended not set -> true$/m);
      await key.refresh();
      expect(key.held?.inputs).toMatchObject({ suspended: true, expiresAt: "2099-01-31" });
      expect(await key.up(KEY)).toBe("update");
      expect(keyOf(stage)).toMatchObject({ expiresAt: Date.parse("2099-01-31") });
    },
  },
  {
    title: "a suspended key that the platform removes is kept in the state, and told",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up({ ...KEY, suspended: true });
      stage.controls.deleteKey("key");
      key.door = await stage.newRun({ now: NOW });
      stage.forgetTold();
      expect(await key.up({ ...KEY, suspended: true })).toBe("same");
      expect(stage.told()).toContain("so it cannot work again with its access key");
      await key.refresh();
      expect(key.held).toBeDefined();
      expect(await key.preview(KEY)).toBe("replace");
    },
  },
];

const BOOSTING: readonly Scenario[] = [
  {
    title: "a boost raises limits, says until when, and goes back by itself in the first run after its end",
    play: async (stage) => {
      const boosted = { ...KEY, boost: BOOST };
      const key = await begin(stage);
      await key.up(KEY);
      const before = keyOf(stage);
      key.door = await stage.newRun({ now: NOW });
      stage.forgetTold();
      expect(await key.preview(boosted)).toBe("update");
      expect(stage.told()).toContain(
        'The key "key" has higher limits until 2026-03-12, by its boost (ordinary -> now): ' +
          `globalLimits.tokensPerDay 1000 -> 5000, assetLimits["${MINI.path}"].tokensPerDay 50 -> 500. ` +
          "The first update on or after that day restores the ordinary limits.",
      );
      expect(await key.up(boosted)).toBe("update");
      expect(keyOf(stage)).toMatchObject({
        globalLimits: { tpd: 5000, rpd: 10, tokenType: "input" },
        assetsLimits: [{ rpd: 5 }, { tpd: 500, rpd: null }],
      });
      expect(key.held?.outs).toMatchObject({ globalLimits: { tokensPerDay: 5000 } });
      key.door = await stage.newRun({ now: "2026-03-11T23:59:59Z" });
      expect(await key.up(boosted)).toBe("same");
      key.door = await stage.newRun({ now: "2026-03-12T00:00:00Z" });
      stage.forgetTold();
      expect(await key.preview(boosted)).toBe("update");
      expect(stage.told()).toContain(
        'The boost of the key "key" ended on 2026-03-12. This update restores the ordinary limits: ' +
          `globalLimits.tokensPerDay 5000 -> 1000, assetLimits["${MINI.id}"].tokensPerDay 500 -> 50.`,
      );
      expect(await key.up(boosted)).toBe("update");
      expect(keyOf(stage)).toEqual(before);
      stage.forgetTold();
      expect(await key.up(boosted)).toBe("same");
      expect(stage.told()).toContain(
        "boost.until is 2026-03-12, which has passed. Remove the boost: it has no effect",
      );
      expect(await key.up(KEY)).toBe("same");
    },
  },
  {
    title: "a new key has the limits of its boost at once, and a drift from them is put right",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up({ ...KEY, boost: BOOST });
      expect(keyOf(stage)).toMatchObject({ globalLimits: { tpd: 5000 } });
      stage.controls.updateKey("key", { globalLimits: { tpd: 7 } });
      key.door = await stage.newRun({ now: NOW });
      expect(await key.up({ ...KEY, boost: BOOST })).toBe("update");
      expect(keyOf(stage)).toMatchObject({ globalLimits: { tpd: 5000, rpd: 10 } });
      expect(await key.up(KEY)).toBe("update");
      expect(keyOf(stage)).toMatchObject({ globalLimits: { tpd: 1000 } });
    },
  },
];

const LEAVING: readonly Scenario[] = [
  {
    title: "a deletion policy alone changes the state and nothing on the platform",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(KEY);
      stage.controls.faults.add({ kind: "status", route: "updateKey", status: 500, times: "always" });
      expect(await key.up({ ...KEY, deletionPolicy: "keep" })).toBe("update");
      expect(key.held?.outs).toMatchObject({ deletionPolicy: "keep" });
      expect(await key.up({ ...KEY, deletionPolicy: "keep" })).toBe("same");
      expect(await key.up({ ...KEY, deletionPolicy: "delete" })).toBe("update");
      expect(key.held?.outs).not.toHaveProperty("deletionPolicy");
      stage.controls.faults.clear();
      expect(await key.up({ ...KEY, deletionPolicy: "keep", budget: 3 })).toBe("update");
      expect(keyOf(stage)).toMatchObject({ budget: 3 });
    },
  },
  {
    title: "a kept key is left as it is, and said to be there",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up({ ...KEY, deletionPolicy: "keep" });
      const before = keyOf(stage);
      key.door = await stage.newRun({ now: NOW });
      stage.forgetTold();
      await key.destroy();
      expect(keyOf(stage)).toEqual(before);
      expect(stage.told()).toMatch(
        /The key "key" \((id-\d+)\) stays on the platform, by its deletionPolicy "keep", .* npx pulumi-aixplain delete \1/,
      );
    },
  },
  {
    title:
      "a key that is to expire does so at the next midnight, keeps all the rest, and never lives longer than before",
    play: async (stage) => {
      const expiry = async (declaration: Declaration): Promise<unknown> => {
        const key = await begin(stage);
        await key.up({ ...KEY, ...declaration, deletionPolicy: "expire" });
        const before = keyOf(stage);
        key.door = await stage.newRun({ now: NOW });
        await key.destroy();
        const after = keyOf(stage);
        expect({ ...after, expiresAt: 0 }).toEqual({ ...before, expiresAt: 0 });
        stage.controls.deleteKey("key");
        return after?.expiresAt;
      };
      expect(await expiry({})).toBe(Date.parse("2026-03-11T00:00:00Z"));
      expect(await expiry({ expiresAt: undefined })).toBe(Date.parse("2026-03-11T00:00:00Z"));
      expect(await expiry({ suspended: true })).toBe(SUSPENSION);
      expect(stage.told()).toContain("It stays suspended.");
    },
  },
  {
    title: "a key of any policy that is gone already is no error",
    play: async (stage) => {
      for (const deletionPolicy of ["expire", "keep"]) {
        const key = await begin(stage);
        await key.up({ ...KEY, deletionPolicy });
        stage.controls.deleteKey("key");
        key.door = await stage.newRun({ now: NOW });
        stage.forgetTold();
        await key.destroy();
        expect(stage.told()).not.toContain("stays on the platform");
      }
    },
  },
];

/** Stories with an option of the resource that the engine does not hand to a plugin. */
export const WITH_OPTIONS: readonly Scenario[] = [
  {
    title:
      "a replacement that would leave the old key with the name of the new one is refused before anything is done",
    play: async (stage) => {
      const key = await begin(stage);
      const kept = { ...KEY, deletionPolicy: "keep", __options: { replaceOnChanges: ["budget"] } };
      await key.up(kept);
      const { message } = await refusalOf(key.up({ ...kept, budget: 1 }));
      expect(message).toContain('cannot be replaced: its deletionPolicy "keep" leaves it on the platform');
      stage.forgetTold();
      expect(await key.up({ ...kept, budget: 1, name: "other" })).toBe("replace");
      expect(stage.told()).toContain("is replaced but stays on the platform as it is");
      expect(keyOf(stage)).toMatchObject({ budget: 1000 });
      expect(keyOf(stage, "other")).toMatchObject({ budget: 1 });
    },
  },
  {
    title: "so is one where somebody gave the old key the name of the new one",
    play: async (stage) => {
      const key = await begin(stage);
      const kept = { ...KEY, deletionPolicy: "keep", __options: { replaceOnChanges: ["budget"] } };
      await key.up(kept);
      stage.controls.updateKey("key", { name: "other" });
      key.door = await stage.newRun({ now: NOW });
      const { message } = await refusalOf(key.up({ ...kept, budget: 1, name: "other" }));
      expect(message).toContain('the key "other"');
      expect(message).toContain('cannot be replaced: its deletionPolicy "keep" leaves it on the platform');
    },
  },
  {
    title: "a replacement of an adopted key by a property makes a new key, whatever adopt says",
    play: async (stage) => {
      const { id } = stage.controls.createKey({ name: "key", budget: 5 });
      const adopting = { name: "key", adopt: { id }, __options: { replaceOnChanges: ["budget"] } };
      const key = await begin(stage);
      await key.up({ ...adopting, budget: 5 });
      const third = stage.controls.createKey({ name: "third" });
      key.door = await stage.newRun({ now: NOW });
      expect(await key.up({ ...adopting, budget: 6, adopt: { id: third.id } })).toBe("replace");
      expect([id, third.id]).not.toContain(key.held?.id);
      expect(keyOf(stage, "third")).toEqual(third);
      expect(keyOf(stage)).toMatchObject({ id: key.held?.id, budget: 6, accessKey: key.accessKey });
    },
  },
];

/** What happens to keys after their first day. */
export const DAY_TWO: readonly Scenario[] = [...SUSPENDING, ...BOOSTING, ...LEAVING];
