import { has } from "../languages/toolchain";
import { UP, withFleet } from "./fleet-stage";
import { until } from "./running";

/** The S3-compatible server of the shared state is built with Go. */
const canShare = process.platform !== "win32" && has("go", "version");
if (!canShare)
  process.stderr.write("test/cli/fleet: SKIPPED, no Go to build the S3-compatible server with, or Windows\n");
const onSharedState = canShare ? test : test.skip;

const keys = (count: number): string =>
  `for (let i = 0; i < ${count}; i += 1) new ApiKey(\`key-\${i}\`, { budget: 1000 });\n`;

const LOCKED =
  /the stack is currently locked by 1 lock\(s\)\. Either wait .* or delete the lock file with `pulumi cancel`/;

jest.setTimeout(15 * 60_000);

describe("several runners with their state on an S3-compatible server", () => {
  onSharedState(
    "three stacks of 50 keys at once under a quota: no key is lost, none is made twice, the next previews are empty",
    () =>
      withFleet(3, { managementRateLimit: { perSecond: 8 } }, async (stage) => {
        const stacks = ["one", "two", "three"];
        stage.program(keys(50));
        await stage.init(...stacks);
        const all = (...args: string[]) =>
          Promise.all(stacks.map((stack, index) => stage.run(index, stack, ...args)));
        const told = await all(...UP);
        expect(told.filter(({ ok }) => !ok)).toEqual([]);
        expect(await stage.agreement(...stacks)).toEqual({
          inAccount: 150,
          inStates: 150,
          lost: [],
          unknown: [],
          twice: [],
        });
        expect(stage.creates()).toBe(150);
        expect(stage.refusals()).toBeGreaterThan(0);
        expect(stacks.flatMap((stack) => stage.locks(stack))).toEqual([]);
        const previews = await all("preview", "--expect-no-changes");
        expect(previews.filter(({ ok }) => !ok)).toEqual([]);
      }),
  );

  onSharedState(
    "a locked stack: the second runner ends with an error that says who holds the lock, and changes nothing",
    () =>
      withFleet(2, { managementRateLimit: { perSecond: 6 } }, async (stage) => {
        stage.program(keys(12));
        await stage.init("busy");
        stage.hold();
        const first = stage.start(0, "busy", ...UP);
        try {
          await until(() => stage.creates() > 0, "a key of the first runner");
          const holder = stage.locks("busy");
          const second = await stage.run(1, "busy", ...UP);
          expect(second).toEqual({ ok: false, text: expect.stringMatching(LOCKED) });
          expect(second.text).toMatch(/created by \S+@\S+ \(pid \d+\) at \d{4}-/);
          expect(stage.locks("busy")).toEqual(holder);
          expect(first.ended).toBe(false);
          stage.letGo();
          expect(await first.end()).toMatchObject({ ok: true });
          expect(stage.creates()).toBe(12);
          const { inAccount, lost, unknown, twice } = await stage.agreement("busy");
          expect({ inAccount, lost, unknown, twice }).toEqual({
            inAccount: 12,
            lost: [],
            unknown: [],
            twice: [],
          });
          expect(await stage.run(1, "busy", ...UP, "--expect-no-changes")).toMatchObject({ ok: true });
        } finally {
          first.cleanUp();
        }
      }),
  );

  onSharedState("three runners start on one stack in the same instant: one at most gets in", () =>
    withFleet(3, { managementRateLimit: { perSecond: 5 } }, async (stage) => {
      stage.program(keys(20));
      await stage.init("contested");
      stage.hold();
      const started = [0, 1, 2].map((index) => stage.start(index, "contested", ...UP));
      try {
        // Who got in cannot end while the account is held.
        await until(
          () => started.filter(({ ended }) => ended).length >= 2,
          "two runners that were turned away",
        );
        expect(stage.creates()).toBeLessThanOrEqual(5);
        stage.letGo();
        const told = await Promise.all(started.map((each) => each.end()));
        const losers = told.filter(({ ok }) => !ok);
        expect(losers.length).toBeGreaterThanOrEqual(2);
        for (const { text } of losers) expect(text).toMatch(/the stack is currently locked by \d lock\(s\)/);
        expect(stage.creates()).toBe(20 * (told.length - losers.length));
        expect(await stage.run(1, "contested", ...UP)).toMatchObject({ ok: true });
        expect(stage.creates()).toBe(20);
        expect(await stage.agreement("contested")).toMatchObject({ inAccount: 20, inStates: 20 });
      } finally {
        for (const each of started) each.cleanUp();
      }
    }),
  );

  onSharedState(
    "a killed runner leaves its lock: the next one is told, and after `pulumi cancel` it converges",
    () =>
      withFleet(2, { managementRateLimit: { perSecond: 12 } }, async (stage) => {
        stage.program(keys(30));
        await stage.init("orphaned");
        stage.hold();
        const killed = stage.start(0, "orphaned", ...UP);
        try {
          await until(() => stage.creates() >= 10, "ten keys of the first runner");
          expect(killed.strike("everything")).toBe(true);
          await killed.end();
          stage.letGo();
          const locked = await stage.run(1, "orphaned", ...UP);
          expect(locked).toEqual({ ok: false, text: expect.stringMatching(LOCKED) });
          const before = await stage.agreement("orphaned");
          expect(before).toMatchObject({ lost: [], twice: [] });
          expect(await stage.run(1, "orphaned", "cancel", "--yes")).toMatchObject({ ok: true });
          expect(stage.locks("orphaned")).toEqual([]);
          const next = await stage.run(1, "orphaned", "up", "--yes");
          expect(next.ok).toBe(true);
          const after = await stage.agreement("orphaned");
          expect(after).toMatchObject({ inStates: 30, lost: [], twice: [] });
          // Created and not in a state when the kill came: these and no others are left over, and each one is named.
          expect(after.unknown).toEqual(before.unknown);
          for (const leftover of after.unknown) expect(next.text).toContain(leftover.split(" ")[0]);
        } finally {
          killed.cleanUp();
        }
      }),
  );

  onSharedState("two stacks that declare one name at once: one key, and the other run names its id", () =>
    withFleet(2, { latencyMs: 50 }, async (stage) => {
      stage.program('new ApiKey("shared", { name: "the-same", budget: 10 });\n');
      await stage.init("left", "right");
      const told = await Promise.all([stage.run(0, "left", ...UP), stage.run(1, "right", ...UP)]);
      const live = stage.emulator.controls.keys().filter(({ isAdmin }) => !isAdmin);
      expect(live.map(({ name }) => name)).toEqual(["the-same"]);
      const losers = told.filter(({ ok }) => !ok);
      expect(losers).toHaveLength(1);
      expect(losers[0]?.text).toContain(`is taken by the key ${live[0]?.id}`);
      expect(await stage.agreement("left", "right")).toMatchObject({ inAccount: 1, inStates: 1, twice: [] });
    }),
  );
});
