import fc from "fast-check";
import type { FrontDoor } from "../harness/front-door";
import { HostProcess } from "../harness/host-process";
import { hostStage } from "../harness/host-stage";
import { type Declaration, Resource } from "../harness/stack";
import type { Stage } from "../harness/stage";

const HOW_MANY = 50;

let earlier: HostProcess;
beforeAll(async () => {
  earlier = await HostProcess.start();
});
afterAll(() => earlier.stop());

/** Fifty keys of an earlier run, and a process that was told its settings a moment ago and has done nothing yet. */
async function rightAfterConfigure(
  work: (keys: readonly Resource[], stage: Stage) => Promise<void>,
): Promise<void> {
  const host = await HostProcess.start();
  const stage = await hostStage(earlier);
  try {
    const before = await stage.newRun();
    const keys = Array.from({ length: HOW_MANY }, (_, at) => new Resource(before, `key-${at}`));
    await Promise.all(keys.map((key) => key.up({ budget: 1 })));
    stage.controls.requests.clear();
    const door = await stage.newRun({}, host);
    for (const key of keys) key.door = door;
    await work(keys, stage);
    const hints = new Set(stage.controls.requests().map(({ keyHint }) => keyHint));
    expect([...hints]).toEqual([expect.stringContaining(stage.adminKey.slice(0, 4))]);
  } finally {
    await stage.close();
    await host.stop();
  }
}

const count = (stage: Stage, route: string): number =>
  stage.controls.requests().filter((each) => each.route === route).length;

describe("no operation runs unconfigured, however many begin at once right after Configure", () => {
  test("fifty refreshes read the account once and find every key", () =>
    rightAfterConfigure(async (keys, stage) => {
      await Promise.all(keys.map((key) => key.refresh()));
      expect(keys.every(({ held }) => held?.outs.budget === 1)).toBe(true);
      expect(stage.controls.requests()).toHaveLength(1);
    }));

  test("fifty deletes leave nothing", () =>
    rightAfterConfigure(async (keys, stage) => {
      await Promise.all(keys.map((key) => key.destroy()));
      expect(stage.controls.keys()).toHaveLength(1);
      expect(count(stage, "deleteKey")).toBe(HOW_MANY);
      expect(count(stage, "listKeys")).toBe(1);
    }));

  test("fifty previews see what one of them has to change", () =>
    rightAfterConfigure(async (keys, stage) => {
      stage.controls.updateKey(String(keys[7]?.held?.id), { budget: 9 });
      const steps = await Promise.all(keys.map((key) => key.preview({ budget: 1 })));
      expect(steps.flatMap((step, at) => (step === "same" ? [] : [[at, step]]))).toEqual([[7, "update"]]);
      expect(count(stage, "listKeys")).toBe(1);
    }));
});

/** What one resource goes through; its steps follow each other, and between those of others anything can happen. */
const LIVES: readonly (readonly (Declaration | "refresh" | "destroy")[])[] = [
  [{ budget: 1 }],
  [{ budget: 1 }, { budget: 2 }, "refresh", { globalLimits: { requestsPerDay: 1 } }],
  [{ name: "fixed" }, { name: "renamed" }, "refresh"],
  [{ budget: 1 }, "destroy"],
  [{ budget: 0 }, "refresh", "destroy", { budget: 5 }],
];

async function live(key: Resource, life: (typeof LIVES)[number]): Promise<void> {
  for (const step of life) {
    if (step === "refresh") await key.refresh();
    else if (step === "destroy") await key.destroy();
    else await key.up(step);
  }
}

describe("many resources at once, in every order", () => {
  const story = (door: FrontDoor, at: number) => ({
    key: new Resource(door, `key-${at}`),
    life: LIVES[at % LIVES.length] ?? [],
  });

  test("end where each would have ended alone, with its own access key", async () => {
    const orders = fc.shuffledSubarray([...Array(25).keys()], { minLength: 25 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const stage = await hostStage(earlier);
        try {
          const door = await stage.newRun();
          // One name is fixed, so only one of those lives can be lived.
          const stories = order
            .filter((at) => at % LIVES.length !== 2 || at === 2)
            .map((at) => story(door, at));
          await Promise.all(stories.map(({ key, life }) => live(key, life)));
          const held = stories.flatMap(({ key }) =>
            key.held ? [[key.held.id, key.held.outs.accessKey]] : [],
          );
          const there = stage.controls
            .keys()
            .flatMap(({ isAdmin, id, accessKey }) => (isAdmin ? [] : [[id, accessKey]]));
          expect(new Map(there as [string, string][])).toEqual(new Map(held as [string, string][]));
        } finally {
          await stage.close();
        }
      }),
      { numRuns: 5 },
    );
  });
});
