import { ADOPTION } from "./adoption";
import { DAY_TWO } from "./day-two";
import { refusalOf } from "./front-door";
import { type Declaration, Resource } from "./stack";
import { BATCH, GUIDE_MODEL, MINI, type Stage } from "./stage";

/** A story that both front doors have to tell in the same words. */
export interface Scenario {
  readonly title: string;
  readonly play: (stage: Stage) => Promise<void>;
}

export const FULL: Declaration = {
  name: "full",
  budget: 1000,
  expiresAt: "2099-01-31",
  globalLimits: { tokensPerMinute: 100, tokensPerDay: 1000, requestsPerMinute: 100, requestsPerDay: 1000 },
  assetLimits: [
    { model: GUIDE_MODEL, tokensPerMinute: 10, tokenType: "output" },
    { model: MINI.path, requestsPerDay: 2 },
  ],
};

const begin = async (stage: Stage, logicalName?: string): Promise<Resource> =>
  new Resource(await stage.newRun(), logicalName);

const keyOf = (stage: Stage, name: string) => stage.controls.keys().find((key) => key.name === name);

export const SCENARIOS: readonly Scenario[] = [
  ...DAY_TWO,
  ...ADOPTION,
  {
    title: "a key is created with all that is declared, read back, found unchanged, and deleted",
    play: async (stage) => {
      const key = await begin(stage);
      expect(await key.up(FULL)).toBe("create");
      expect(keyOf(stage, "full")).toMatchObject({
        budget: 1000,
        expiresAt: Date.parse("2099-01-31T00:00:00Z"),
        globalLimits: { tpm: 100, tpd: 1000, rpm: 100, rpd: 1000 },
        assetsLimits: [
          { assetId: GUIDE_MODEL, tpm: 10, tpd: null, rpm: null, rpd: null, tokenType: "output" },
          { assetId: MINI.id, tpm: null, tpd: null, rpm: null, rpd: 2 },
        ],
      });
      expect(key.accessKey).toBe(keyOf(stage, "full")?.accessKey);
      expect(await key.up(FULL)).toBe("same");
      await key.refresh();
      expect(await key.up(FULL)).toBe("same");
      await key.destroy();
      expect(keyOf(stage, "full")).toBeUndefined();
    },
  },
  {
    title: "a changed declaration is an update, and the access key stays what it was",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(FULL);
      const { accessKey } = key;
      expect(await key.up({ ...FULL, name: "renamed", budget: 0, globalLimits: { requestsPerDay: 0 } })).toBe(
        "update",
      );
      expect(key.accessKey).toBe(accessKey);
      expect(keyOf(stage, "renamed")).toMatchObject({
        budget: 0,
        globalLimits: { tpd: null, rpd: 0 },
        accessKey,
      });
    },
  },
  {
    title: "everything that leaves the declaration leaves the key",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(FULL);
      expect(await key.up({ name: "full" })).toBe("update");
      expect(keyOf(stage, "full")).toMatchObject({
        budget: null,
        expiresAt: null,
        globalLimits: null,
        assetsLimits: [],
      });
      expect(await key.up({ name: "full" })).toBe("same");
    },
  },
  {
    title: "a change behind Pulumi's back shows in the preview of the next run, and is put right",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(FULL);
      stage.controls.updateKey("full", { budget: 5, expiresAt: null, assetsLimits: [] });
      key.door = await stage.newRun();
      stage.forgetTold();
      expect(await key.preview(FULL)).toBe("update");
      expect(stage.told()).toMatch(
        /Drift: the key "full" .*budget 1000 -> 5, expiresAt "2099-01-31" -> not set/,
      );
      expect(await key.up(FULL)).toBe("update");
      expect(keyOf(stage, "full")).toMatchObject({ budget: 1000, assetsLimits: [{}, {}] });
    },
  },
  {
    title: "a key that vanished is replaced by a new one with another access key",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up({ budget: 1 });
      const { accessKey, held } = key;
      stage.controls.deleteKey(String(held?.id));
      key.door = await stage.newRun();
      expect(await key.preview({ budget: 1 })).toBe("replace");
      expect(await key.up({ budget: 1 })).toBe("replace");
      expect(key.accessKey).not.toBe(accessKey);
      expect(stage.controls.keys()).toHaveLength(2);
    },
  },
  {
    title: "a refresh takes what the platform shows and keeps the access key",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up(FULL);
      const { accessKey } = key;
      stage.controls.updateKey("full", { budget: 7, assetsLimits: [{ assetId: BATCH.id, rpm: 3 }] });
      key.door = await stage.newRun();
      await key.refresh();
      expect(key.accessKey).toBe(accessKey);
      expect(key.held?.inputs).toMatchObject({
        budget: 7,
        assetLimits: [{ model: BATCH.id, requestsPerMinute: 3 }],
      });
      expect(await key.up(FULL)).toBe("update");
    },
  },
  {
    title: "a refresh of a key that is gone says so",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up({});
      stage.controls.deleteKey(String(key.held?.id));
      key.door = await stage.newRun();
      await key.refresh();
      expect(key.held).toBeUndefined();
    },
  },
  {
    title: "deleting a key that is gone is a success",
    play: async (stage) => {
      const key = await begin(stage);
      await key.up({});
      stage.controls.deleteKey(String(key.held?.id));
      await key.destroy();
    },
  },
  {
    title:
      "a taken name is told in the preview with the id of the key that has it, and refused by the update",
    play: async (stage) => {
      const other = stage.controls.createKey({ name: "taken" });
      const key = await begin(stage);
      expect(await key.preview({ name: "taken" })).toBe("create");
      await key.door.end();
      const words = `name "taken" is taken by the key ${other.id} of the account`;
      expect(stage.told()).toContain(words);
      key.door = await stage.newRun();
      expect((await refusalOf(key.up({ name: "taken" }))).message).toContain(words);
      expect(keyOf(stage, "taken")).toEqual(other);
    },
  },
  {
    title: "a wrong declaration is refused with every problem at once, at its path",
    play: async (stage) => {
      const wrong = {
        name: " ",
        budget: -1,
        globalLimits: { tpm: 3 },
        assetLimits: [{ requestsPerDay: 1.5 }],
      };
      const { message } = await refusalOf((await begin(stage)).preview(wrong));
      for (const path of [
        "name",
        "budget",
        "globalLimits.tpm",
        "assetLimits[0].requestsPerDay",
        "assetLimits[0].model",
      ]) {
        expect(message).toContain(path);
      }
      expect(stage.controls.keys()).toHaveLength(1);
    },
  },
  {
    title: "an automatic name is the same in every run, and kept for the life of the key",
    play: async (stage) => {
      const key = await begin(stage, "bot");
      const planned = await key.check({});
      key.door = await stage.newRun();
      await key.up({});
      expect(key.held?.inputs.name).toBe(planned.name);
      expect(planned.name).toMatch(/^bot-[0-9a-f]{7}$/);
      key.door = await stage.newRun();
      expect(await key.up({ budget: 3 })).toBe("update");
      expect(key.held?.inputs.name).toBe(planned.name);
    },
  },
  {
    title: "a key that is not as declared after its creation is kept, and repaired by the next update",
    play: async (stage) => {
      stage.controls.faults.add({ kind: "ignore-fields", route: "createKey", fields: ["budget"] });
      const key = await begin(stage);
      const refused = await refusalOf(key.up(FULL));
      expect(refused.message).toContain("budget 1000 -> not set");
      expect(refused.unfinished).toMatchObject({ id: keyOf(stage, "full")?.id });
      expect(key.accessKey).toBe(keyOf(stage, "full")?.accessKey);
      key.door = await stage.newRun();
      expect(await key.up(FULL)).toBe("update");
      expect(keyOf(stage, "full")).toMatchObject({ budget: 1000 });
      expect(await key.up(FULL)).toBe("same");
    },
  },
];
