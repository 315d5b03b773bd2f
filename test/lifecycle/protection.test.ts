import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { Resource } from "../harness/stack";

let stage: LifecycleStage;
let own: string;
beforeEach(async () => {
  stage = await lifecycleStage();
  own = String(stage.controls.keys()[0]?.id);
});
afterEach(() => stage.close());

const writes = () => stage.controls.requests().filter(({ method }) => method !== "GET");
const state = { name: "Admin", accessKeyHint: "cana****4d26" };
/** What the platform may say of an admin key: all, or nothing of the property that tells it from others. */
const ANSWERS = [["says so"], ["leaves it out"]] as const;

async function doorWhere(answer: string) {
  if (answer === "leaves it out") {
    for (const route of ["listKeys", "getKey"] as const) {
      stage.controls.faults.add({ kind: "merge", route, remove: ["isAdmin"], times: "always" });
    }
  }
  return stage.newRun();
}

describe.each(ANSWERS)(
  "the key that the provider authenticates with, where the platform %s that it is an admin's",
  (answer) => {
    test("is never deleted", async () => {
      const door = await doorWhere(answer);
      await expect(door.delete(own, state)).rejects.toThrow(
        `the key ${own} is not deleted: the provider authenticates with it`,
      );
      expect(writes()).toEqual([]);
    });

    test("is never limited, and never expired", async () => {
      const door = await doorWhere(answer);
      for (const declared of [{ budget: 0 }, { expiresAt: "2099-01-31" }, { name: "x" }]) {
        await expect(door.update(own, state, { name: "Admin", ...declared })).rejects.toThrow(
          "is not changed",
        );
      }
      expect(writes()).toEqual([]);
    });

    test("is never read into a stack", async () => {
      const door = await doorWhere(answer);
      await expect(door.read(own, {})).rejects.toThrow("is not read into a stack");
    });
  },
);

describe("another admin key of the account", () => {
  test.each(["delete", "update", "read"] as const)("is refused to %s", async (verb) => {
    const { id } = stage.controls.createKey({ name: "second admin", isAdmin: true });
    const door = await stage.newRun();
    const asked =
      verb === "delete"
        ? door.delete(id, {})
        : verb === "read"
          ? door.read(id, {})
          : door.update(id, { name: "second admin" }, { name: "second admin", budget: 0 });
    await expect(asked).rejects.toThrow("it is an admin key of the account");
    expect(writes()).toEqual([]);
  });

  test("is not taken over by a resource of the same name", async () => {
    const key = new Resource(await stage.newRun());
    await expect(key.up({ name: "Admin" })).rejects.toThrow(`taken by the key ${own}`);
    expect(key.held).toBeUndefined();
  });
});

describe("a key of the stack that somebody made an admin key", () => {
  test("is left alone", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ name: "mine" });
    stage.controls.faults.add({
      kind: "merge",
      route: "listKeys",
      merge: { isAdmin: true },
      times: "always",
    });
    key.door = await stage.newRun();
    await expect(key.up({ name: "mine", budget: 1 })).rejects.toThrow("it is an admin key");
    await expect(key.destroy()).rejects.toThrow("it is an admin key");
  });
});
