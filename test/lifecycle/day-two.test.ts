import { WITH_OPTIONS } from "../harness/day-two";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { Resource } from "../harness/stack";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

describe("with options of the resource", () => {
  test.each(WITH_OPTIONS)("$title", ({ play }) => play(stage));
});

describe("a platform that enforces", () => {
  test("refuses a suspended key at once, and takes the same access key again after its return", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ budget: 5 });
    const secret = String(key.accessKey);
    await stage.use(secret);
    await key.up({ budget: 5, suspended: true });
    await expect(stage.use(secret)).rejects.toThrow("401");
    await key.up({ budget: 5 });
    await stage.use(secret);
    expect(stage.told()).toContain("It was used today (1 requests)");
  });

  test("takes a key with deletionPolicy expire until midnight, and refuses it from then on", async () => {
    const key = new Resource(await stage.newRun());
    await key.up({ deletionPolicy: "expire" });
    const secret = String(key.accessKey);
    await key.destroy();
    await stage.use(secret);
    stage.controls.clock.advance(12 * 60 * 60 * 1000);
    await expect(stage.use(secret)).rejects.toThrow("401");
  });
});

test("what a message says of a boost hides what the program marked as secret", async () => {
  const key = new Resource(await stage.newRun());
  const boost = { until: "2099-01-31", globalLimits: { tokensPerDay: 4711 } };
  await key.up({ globalLimits: { tokensPerDay: 3 }, boost, __options: { secrets: ["boost"] } });
  expect(stage.told()).toContain("globalLimits.tokensPerDay [secret] -> [secret]");
  expect(stage.told()).not.toContain("4711");
});
