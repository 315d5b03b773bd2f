import { begin, KEY, keyOf, NOW } from "./day-two";
import { refusalOf } from "./front-door";
import type { Scenario } from "./scenarios";
import { type Declaration, Resource } from "./stack";

/** What becomes of keys that a stack takes over. */
export const ADOPTION: readonly Scenario[] = [
  {
    title: "a key is adopted by its name with its access key, after a preview that says what differs",
    play: async (stage) => {
      const theirs = stage.controls.createKey({ name: "key", budget: 5 });
      const adopting = { ...KEY, adopt: { name: "key", accessKey: theirs.accessKey } };
      const key = await begin(stage);
      expect(await key.preview(adopting)).toBe("create");
      await key.door.end();
      expect(stage.told()).toContain(`The key "key" (${theirs.id}) is adopted: this stack manages it`);
      expect(stage.told()).toContain("It changes (live -> declared): budget 5 -> 1000, expiresAt not set ->");
      expect(stage.told()).toContain("The platform does not show whether another stack manages it");
      expect(stage.told()).not.toContain("is taken");
      expect(keyOf(stage)).toEqual(theirs);
      key.door = await stage.newRun({ now: NOW });
      expect(await key.up(adopting)).toBe("create");
      expect(key.held?.id).toBe(theirs.id);
      expect(key.accessKey).toBe(theirs.accessKey);
      expect(keyOf(stage)).toMatchObject({ id: theirs.id, budget: 1000, accessKey: theirs.accessKey });
      expect(await key.up(adopting)).toBe("same");
      expect(await key.up(KEY)).toBe("same");
      expect(await key.up({ ...KEY, adopt: { id: "nothing" } })).toBe("same");
      expect(key.accessKey).toBe(theirs.accessKey);
      key.door = await stage.newRun({ now: NOW });
      await key.destroy();
      expect(keyOf(stage)).toBeUndefined();
    },
  },
  {
    title:
      "a key that is as declared is adopted by its id without a write, and without its access key that stays unknown",
    play: async (stage) => {
      const { id } = stage.controls.createKey({ name: "key", budget: 5 });
      stage.controls.faults.add({ kind: "status", route: "updateKey", status: 500, times: "always" });
      const key = await begin(stage);
      expect(await key.up({ name: "key", budget: 5, adopt: { id } })).toBe("create");
      expect(stage.told()).toContain("It matches the declaration.");
      expect(stage.told()).toContain("Its access key stays unknown, and the output accessKey is undefined");
      expect(key.held).toMatchObject({ id, outs: { name: "key", budget: 5 } });
      expect(key.held?.outs).not.toHaveProperty("accessKey");
      expect(await key.up({ name: "key", budget: 5 })).toBe("same");
    },
  },
  {
    title: "an adoption can rename the key",
    play: async (stage) => {
      const { id } = stage.controls.createKey({ name: "old" });
      const key = await begin(stage);
      expect(await key.up({ name: "new", adopt: { name: "old" } })).toBe("create");
      expect(keyOf(stage, "new")).toMatchObject({ id });
    },
  },
  {
    title: "a wrong access key, an admin key and a key that is not there are refused, and nothing is changed",
    play: async (stage) => {
      const theirs = stage.controls.createKey({ name: "key", budget: 5 });
      const other = stage.controls.createKey({ name: "other" });
      const admin = stage.controls.keys().find(({ isAdmin }) => isAdmin);
      const before = stage.controls.keys();
      const refused = async (adopt: Declaration): Promise<string> => {
        const key = await begin(stage);
        const { message } = await refusalOf(key.up({ name: "key", budget: 1, adopt }));
        expect(key.held).toBeUndefined();
        // What a run does that was not previewed.
        await refusalOf(key.door.create({ name: "key", budget: 1, adopt }));
        return message;
      };
      const wrong = await refused({ name: "key", accessKey: other.accessKey });
      expect(wrong).toContain(`adopt.accessKey does not belong to the key "key" (${theirs.id})`);
      expect(wrong).not.toContain(other.accessKey);
      expect(await refused({ id: admin?.id })).toContain("cannot be adopted");
      expect(await refused({ id: "id-999" })).toContain(
        'adopt.id is "id-999", but the account has no such key',
      );
      expect(await refused({ name: "nobody" })).toContain('adopt.name is "nobody"');
      expect(stage.controls.keys()).toEqual(before);
    },
  },
  {
    title: "a key of the same stack is not adopted a second time",
    play: async (stage) => {
      const first = await begin(stage, "first");
      await first.up(KEY);
      first.door = await stage.newRun({ now: NOW });
      await first.up(KEY);
      const second = new Resource(first.door, "second");
      const { message } = await refusalOf(second.up({ name: "other", adopt: { name: "key" } }));
      const words = "which a resource of this stack manages: use that resource, or remove adopt";
      expect(message).toContain(words);
      // What a run does that was not previewed.
      const unseen = await refusalOf(first.door.create({ name: "other", adopt: { name: "key" } }));
      expect(unseen.message).toContain(words);
      expect(keyOf(stage)).toBeDefined();
    },
  },
  {
    title:
      "a key with a name of another stack's making is told to be in two hands, and a change by either is a drift to the other",
    play: async (stage) => {
      const first = await begin(stage, "bot");
      await first.up({ budget: 1 });
      const name = String(first.held?.outs.name);
      const second = await begin(stage, "second");
      stage.forgetTold();
      await second.up({ name, budget: 2, adopt: { name } });
      expect(stage.told()).toContain("Its name looks automatic, so another stack may manage it.");
      first.door = await stage.newRun({ now: NOW });
      stage.forgetTold();
      expect(await first.preview({ budget: 1 })).toBe("update");
      expect(stage.told()).toContain("was changed outside of Pulumi: budget 1 -> 2");
    },
  },
  {
    title: "a replacement of an adopted key by pulumi up --replace makes a new key, whatever adopt says",
    play: async (stage) => {
      const { id } = stage.controls.createKey({ name: "key", budget: 5 });
      const key = await begin(stage);
      await key.up({ name: "key", adopt: { id } });
      key.door = await stage.newRun({ now: NOW });
      expect(await key.up({ name: "key", adopt: { id } }, { replace: true })).toBe("replace");
      expect(key.held?.id).not.toBe(id);
      expect(keyOf(stage)).toMatchObject({ id: key.held?.id, accessKey: key.accessKey });
    },
  },
  {
    title: "a key can move to another resource by adoption: the deletion of the old resource leaves it",
    play: async (stage) => {
      const first = await begin(stage, "first");
      await first.up(KEY);
      const before = keyOf(stage);
      const second = await begin(stage, "second");
      await second.up({ ...KEY, adopt: { name: "key", accessKey: before?.accessKey } });
      first.door = second.door;
      await first.destroy();
      expect(stage.told()).toContain("is not deleted: a resource of this stack has adopted it in this run");
      expect(keyOf(stage)).toEqual(before);
      expect(second.accessKey).toBe(before?.accessKey);
    },
  },
  {
    title: "an adopted key that vanishes is made anew, whatever adopt says",
    play: async (stage) => {
      const { id } = stage.controls.createKey({ name: "key" });
      const key = await begin(stage);
      await key.up({ name: "key", adopt: { id } });
      stage.controls.deleteKey("key");
      key.door = await stage.newRun({ now: NOW });
      expect(await key.up({ name: "key", adopt: { id } })).toBe("replace");
      expect(keyOf(stage)).toMatchObject({ id: key.held?.id, accessKey: key.accessKey });
    },
  },
];
