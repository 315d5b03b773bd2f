import { resolve } from "node:path";
import { until } from "../cli/running";
import { refusalOf } from "../harness/front-door";
import { HostProcess } from "../harness/host-process";
import { type HostStage, hostStage } from "../harness/host-stage";
import { FULL } from "../harness/scenarios";
import { Resource } from "../harness/stack";
import { repeatable } from "../harness/stage";

const PLANTED_BUG = resolve(__dirname, "../harness/planted-bug.cjs");
const { adminKey: ADMIN_KEY = "" } = repeatable().options;

async function withHost(
  env: Readonly<Record<string, string>>,
  work: (stage: HostStage) => Promise<void>,
): Promise<void> {
  const host = await HostProcess.start({ env });
  const stage = await hostStage(host);
  try {
    await work(stage);
  } finally {
    await stage.close();
    await host.stop();
  }
}

function expectNoSecret(stage: HostStage, said: string): void {
  expect(stage.secrets()).toContain(ADMIN_KEY);
  for (const secret of stage.secrets()) expect(said).not.toContain(secret);
}

/** The clock of the provider throws where this is on the stack. */
const bugIn = (place: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--require ${PLANTED_BUG}`,
  PLANTED_IN: place,
  PLANTED_SECRET: ADMIN_KEY,
});

describe("an error that somebody foresaw", () => {
  test("is printed without a stack, and points to the resource, where its message is", () =>
    withHost({}, async (stage) => {
      stage.controls.faults.add({ kind: "status", route: "listKeys", status: 401 });
      const { message } = await refusalOf(new Resource(await stage.newRun()).check({}));
      expect(message).toContain("the platform does not accept the admin key");
      expect(message).not.toContain("bug");
      expect(stage.told()).toBe("AuthenticationError: see the error of the resource\n");
    }));
});

describe("an error that nobody foresaw", () => {
  test.each(["check", "create"] as const)(
    "in a %s is told to be a bug and where to report it, with its stack printed and no secret in it",
    (verb) =>
      withHost(bugIn(verb === "check" ? "ApiKeysApi.list" : "ApiKeysApi.create"), async (stage) => {
        const key = new Resource(await stage.newRun());
        const { message } = await refusalOf(verb === "check" ? key.check({}) : key.up({}));
        expect(message).toContain("unexpected error: planted, with [secret]");
        expect(message).toContain("This is a bug of pulumi-aixplain: report it to ");
        const told = stage.told();
        expect(told).toMatch(
          /TypeError: planted, with \[secret\]\n {4}at .*planted-bug\.cjs[\s\S]*runtime\.js/,
        );
        expect(told).toMatch(/Caused by: RangeError: below, with \[secret\]\n {4}at /);
        expectNoSecret(stage, `${message}\n${told}`);
      }),
  );

  test("has its stack printed once, however many resources meet it", () =>
    withHost(bugIn("ApiKeysApi.list"), async (stage) => {
      const door = await stage.newRun();
      for (const name of ["a", "b", "c"]) await refusalOf(new Resource(door, name).check({}));
      expect(stage.told().match(/TypeError: planted/g)).toHaveLength(1);
    }));
});

describe("AIXPLAIN_DEBUG", () => {
  /** The life of a key with a repetition, a failure and a drift. */
  async function live(stage: HostStage): Promise<string> {
    const { controls } = stage;
    const key = new Resource(await stage.newRun());
    controls.faults.add({ kind: "status", route: "listKeys", status: 503 });
    await key.up(FULL);
    const quoting = { message: `key ${key.accessKey} by ${ADMIN_KEY}` };
    controls.faults.add({ kind: "status", route: "updateKey", status: 400, body: quoting });
    const { message } = await refusalOf(key.up({ ...FULL, budget: 3 }));
    await key.up({ ...FULL, budget: 4 });
    await key.refresh();
    await key.destroy();
    return message;
  }

  test("shows every call on a line of its own, and no secret in any", () =>
    withHost({ AIXPLAIN_DEBUG: "1" }, async (stage) => {
      const message = await live(stage);
      const lines = stage.told().trim().split("\n");
      const calls = stage.controls.requests();
      expect(calls.length).toBeGreaterThan(6);
      expect(lines.filter((line) => line.startsWith("aixplain debug: "))).toHaveLength(calls.length);
      for (const { method, path } of calls) expect(stage.told()).toContain(` ${method} ${path}, attempt `);
      expect(stage.told()).toMatch(
        /GET \/sdk\/api-keys, attempt 2, waited [1-9]\d* ms, took \d+ ms: 200; received \[/,
      );
      expect(stage.told()).toMatch(
        /POST \/sdk\/api-keys, .*; sent \{"name":.*: 201; received \{.*"accessKey":"\[64 characters\]"/,
      );
      expect(stage.told()).toContain('400; received {"message":"key [secret] by [secret]"}');
      expectNoSecret(stage, `${message}\n${stage.told()}`);
    }));

  test("is off unless it is set", () =>
    withHost({}, async (stage) => {
      await live(stage);
      expect(stage.told()).not.toContain("aixplain debug");
    }));
});

test("a wait for the account's rate limit is told while it lasts", () =>
  withHost({}, async (stage) => {
    const headers = { "retry-after": "100" };
    stage.controls.faults.add({ kind: "status", route: "listKeys", status: 429, headers });
    const waiting = new Resource(await stage.newRun()).check({}).then(
      () => "answered",
      () => "cut off",
    );
    await until(() => stage.told().includes("Waiting for"), "the wait was told", 60_000);
    expect(stage.told()).toMatch(
      /0 seconds so far, now 101 seconds more, as the platform requests\. .* press Ctrl-C twice\./,
    );
    // Nobody waits for the end of it: the process goes down with the stage.
    expect(await Promise.race([waiting, Promise.resolve("waits")])).toBe("waits");
  }));
