import type { Fault } from "../../emulator/src/index";
import {
  ApiError,
  ConnectionError,
  ForbiddenError,
  NotFoundError,
  UnprocessableError,
} from "../../provider/api/errors";
import {
  AmbiguousCreateError,
  NameTakenError,
  NoSuchKeyError,
  PartialError,
  ProtectedKeyError,
  VanishedKeyError,
} from "../../provider/lifecycle/errors";
import { refusalOf } from "../harness/front-door";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { Resource } from "../harness/stack";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

const lost: Fault = { kind: "drop-after", route: "createKey" };
const refused = (route: Fault["route"], status: number, skip = 0): Fault => ({
  kind: "status",
  route,
  status,
  skip,
});
const masked: Fault = { kind: "merge", route: "createKey", merge: { accessKey: "abcd****wxyz" } };

async function failure(work: Promise<unknown>): Promise<{ error: unknown; cause: unknown }> {
  const error = (await refusalOf(work)).cause;
  return { error, cause: error instanceof Error ? error.cause : undefined };
}

describe("the cause of an error is kept", () => {
  test.each<[string, readonly Fault[], string | undefined, new (...args: never[]) => Error]>([
    ["a lost create under a fixed name", [lost], "bot", ConnectionError],
    ["a create that is lost every time", [{ ...lost, times: "always" }], undefined, ConnectionError],
    [
      "a lost create that cannot be looked up",
      [lost, refused("listKeys", 403, 1)],
      undefined,
      ConnectionError,
    ],
    ["a lost create that cannot be removed", [lost, refused("deleteKey", 403)], undefined, ForbiddenError],
    ["a useless key that cannot be removed", [masked, refused("deleteKey", 403)], undefined, ForbiddenError],
    [
      "a name that is refused although nobody has it",
      [refused("createKey", 503), refused("createKey", 422)],
      undefined,
      UnprocessableError,
    ],
  ])("%s", async (_, faults, name, cause) => {
    for (const fault of faults) stage.controls.faults.add(fault);
    const key = new Resource(await stage.newRun());
    const failed = await failure(key.up(name === undefined ? {} : { name }));
    expect(failed.error).toBeInstanceOf(AmbiguousCreateError);
    expect(failed.cause).toBeInstanceOf(cause);
  });

  test("of a taken name, at a create and at a renaming", async () => {
    stage.controls.createKey({ name: "taken" });
    const key = new Resource(await stage.newRun());
    const create = await failure(key.up({ name: "taken" }));
    await key.up({ name: "free" });
    const rename = await failure(key.up({ name: "taken" }));
    for (const { error, cause } of [create, rename]) {
      expect(error).toBeInstanceOf(NameTakenError);
      expect(cause).toBeInstanceOf(UnprocessableError);
    }
  });

  test("of a key that vanished in the midst of its update", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ name: "bot" });
    const body = { error: "API key not found" };
    stage.controls.faults.add({ kind: "status", route: "updateKey", status: 404, body });
    const { error, cause } = await failure(key.up({ name: "bot", budget: 2 }));
    expect(error).toBeInstanceOf(VanishedKeyError);
    expect(cause).toBeInstanceOf(NotFoundError);
  });
});

test("a name that is refused although nobody has it is told so", async () => {
  stage.controls.faults.add(refused("createKey", 503));
  stage.controls.faults.add(refused("createKey", 422));
  const { message } = await refusalOf(new Resource(await stage.newRun()).up({}));
  expect(message).toContain("the platform refuses the name although it shows no key that has it");
});

test("a name that was taken before is told to be, also where the account cannot be read again", async () => {
  stage.controls.createKey({ name: "taken" });
  stage.controls.faults.add(refused("listKeys", 403, 1));
  const { error } = await failure(new Resource(await stage.newRun()).up({ name: "taken" }));
  expect(error).toBeInstanceOf(NameTakenError);
});

test("an orphan that is gone when it is to be removed is no failure", async () => {
  stage.controls.faults.add(lost);
  stage.controls.faults.add({ kind: "drop-after", route: "deleteKey" });
  const key = new Resource(await stage.newRun());
  expect(await key.up({})).toBe("create");
  expect(stage.controls.keys().filter(({ isAdmin }) => !isAdmin)).toHaveLength(1);
});

test("an empty access key is none", async () => {
  stage.controls.faults.add({ kind: "merge", route: "createKey", merge: { accessKey: "" } });
  const { message } = await refusalOf(new Resource(await stage.newRun()).up({}));
  expect(message).toContain("answered no access key");
  expect(stage.controls.keys().every(({ isAdmin }) => isAdmin)).toBe(true);
});

test.each([
  new NameTakenError("bot", "id", false),
  new AmbiguousCreateError("why"),
  new ProtectedKeyError("id", "changed", "why"),
  new NoSuchKeyError("id"),
  new VanishedKeyError("id", "bot"),
  new PartialError("id", { name: "bot", accessKeyHint: "" }, ["one", "two"]),
  new ApiError({ method: "GET", path: "/" }, 500, ""),
])("an error is called by its class in logs and stacks: $name", (error) => {
  expect(error.name).toBe(error.constructor.name);
});
