import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { Resource } from "../harness/stack";

const LIMITS = { budget: 5, globalLimits: { requestsPerDay: 3 } };

describe("rotationTrigger", () => {
  let stage: LifecycleStage;
  let key: Resource;
  beforeEach(async () => {
    stage = await lifecycleStage();
    key = new Resource(await stage.newRun());
  });
  afterEach(() => stage.close());

  const names = () => stage.controls.keys().flatMap(({ name, isAdmin }) => (isAdmin ? [] : [name]));
  const up = async (declaration: object) => {
    key.door = await stage.newRun();
    return key.up({ ...LIMITS, ...declaration });
  };

  test("replaces the key where it changes, the new key first", async () => {
    await up({ rotationTrigger: "INC-1" });
    const [before, old] = [key.held?.id, key.accessKey];
    stage.controls.requests.clear();
    expect(await up({ rotationTrigger: "INC-2" })).toBe("replace");
    expect(key.held?.id).not.toBe(before);
    expect(key.accessKey).not.toBe(old);
    const writes = stage.controls.requests().filter(({ method }) => method !== "GET");
    expect(writes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(names()).toHaveLength(1);
    expect(await up({ rotationTrigger: "INC-2" })).toBe("same");
  });

  test.each([
    ["set for the first time", {}, { rotationTrigger: "INC-1" }],
    ["removed", { rotationTrigger: "INC-1" }, {}],
  ])("%s: the key stays as it is, and the state remembers", async (_, first, second) => {
    await up(first);
    const [id, accessKey] = [key.held?.id, key.accessKey];
    expect(await up(second)).toBe("update");
    expect([key.held?.id, key.accessKey]).toEqual([id, accessKey]);
    expect(key.held?.outs.rotationTrigger).toBe((second as { rotationTrigger?: string }).rotationTrigger);
    expect(await up(second)).toBe("same");
  });

  test("set, removed and set to something else leaves the key: only a change from one text to another is one", async () => {
    await up({ rotationTrigger: "INC-1" });
    const id = key.held?.id;
    await up({});
    await up({ rotationTrigger: "INC-2" });
    expect(key.held?.id).toBe(id);
  });

  test("survives a refresh and a change behind Pulumi's back", async () => {
    await up({ rotationTrigger: "INC-1" });
    const { id = "" } = key.held ?? {};
    stage.controls.updateKey(id, { budget: 9 });
    key.door = await stage.newRun();
    await key.refresh();
    expect(key.held?.outs).toMatchObject({ rotationTrigger: "INC-1", budget: 9 });
    expect(await up({ rotationTrigger: "INC-1" })).toBe("update");
    expect(key.held?.id).toBe(id);
    expect(await up({ rotationTrigger: "INC-2" })).toBe("replace");
  });

  test("replaces the key where previews do not look at the platform as well", async () => {
    await up({ rotationTrigger: "INC-1" });
    key.door = await stage.newRun({ driftCheck: false });
    expect(await key.up({ ...LIMITS, rotationTrigger: "INC-2" })).toBe("replace");
  });

  test("is never sent to the platform", async () => {
    const sent: unknown[] = [];
    stage.meanwhile = async ({ body }) => void sent.push(body);
    await up({ rotationTrigger: "INC-1" });
    await up({ rotationTrigger: "INC-1", budget: 6 });
    expect(sent.filter((body) => body !== undefined)).toHaveLength(2);
    expect(JSON.stringify(sent)).not.toMatch(/INC-1|rotationTrigger/);
  });
});
