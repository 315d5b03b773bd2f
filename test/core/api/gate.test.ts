import fc from "fast-check";
import { Gate } from "../../../provider/api/gate";
import { VirtualTime } from "./virtual-time";

/** How a call ends: well, with an error, or with the platform asking for a pause of so many milliseconds. */
const ends = fc.oneof(fc.constantFrom("well", "badly"), fc.nat({ max: 200 }));
const jobs = (withPauses: boolean) =>
  fc.array(
    fc.record({ lasts: fc.nat({ max: 50 }), ends: withPauses ? ends : fc.constantFrom("well", "badly") }),
    {
      maxLength: 15,
    },
  );

async function observe(width: number, work: readonly { lasts: number; ends: string | number }[]) {
  const time = new VirtualTime();
  const gate = new Gate(width, time.now, time.sleep);
  const seen = { started: [] as number[], startedInPause: [] as number[], mostRunning: 0, outcomes: [""] };
  let running = 0;
  let pausedUntil = 0;
  const results = work.map(({ lasts, ends }, index) =>
    gate.run(async () => {
      seen.started.push(index);
      if (time.now() < pausedUntil) seen.startedInPause.push(index);
      running += 1;
      seen.mostRunning = Math.max(seen.mostRunning, running);
      await time.sleep(lasts);
      running -= 1;
      if (ends === "badly") throw new Error(`job ${index}`);
      if (typeof ends !== "number") return;
      gate.pause(ends);
      pausedUntil = Math.max(pausedUntil, time.now() + ends);
    }),
  );
  const settled = await time.during(Promise.allSettled(results));
  seen.outcomes = settled.map(({ status }) => status);
  return seen;
}

const outcome = ({ ends }: { ends: string | number }) => (ends === "badly" ? "rejected" : "fulfilled");
const widths = fc.integer({ min: 1, max: 4 });

describe("whatever the calls do", () => {
  it("at most so many run at once, and so many do, in the order in which they came", async () => {
    await fc.assert(
      fc.asyncProperty(widths, jobs(false), async (width, work) => {
        const seen = await observe(width, work);
        expect(seen.mostRunning).toBe(Math.min(width, work.length));
        expect(seen.started).toEqual(work.map((_, index) => index));
        expect(seen.outcomes).toEqual(work.map(outcome));
      }),
    );
  });

  it("none starts during a pause, and all of them come to their end", async () => {
    await fc.assert(
      fc.asyncProperty(widths, jobs(true), async (width, work) => {
        const seen = await observe(width, work);
        expect(seen.startedInPause).toEqual([]);
        expect(seen.mostRunning).toBeLessThanOrEqual(width);
        expect(seen.outcomes).toEqual(work.map(outcome));
      }),
    );
  });
});

describe("a pause", () => {
  it("holds calls that were waiting for their turn, and calls that come later", async () => {
    const time = new VirtualTime(1000);
    const gate = new Gate(1, time.now, time.sleep);
    const begun: [string, number][] = [];
    const call = (name: string) => gate.run(async () => void begun.push([name, time.now()]));
    const first = gate.run(async () => gate.pause(500));
    const waiting = call("waiting");
    await time.during(first);
    await time.during(Promise.all([waiting, call("later")]));
    expect(begun).toEqual([
      ["waiting", 1500],
      ["later", 1500],
    ]);
  });

  it("that is longer than another one stands; a shorter one changes nothing", async () => {
    const time = new VirtualTime();
    const gate = new Gate(2, time.now, time.sleep);
    gate.pause(300);
    gate.pause(100);
    expect(await time.during(gate.run(async () => time.now()))).toBe(300);
  });

  it("that is made longer meanwhile is waited for to its new end", async () => {
    const time = new VirtualTime();
    const gate = new Gate(2, time.now, time.sleep);
    gate.pause(100);
    const began = gate.run(async () => time.now());
    gate.pause(250);
    expect(await time.during(began)).toBe(250);
  });

  it("is chosen by the first of the calls that were refused together; the others add no wait of their own", async () => {
    const time = new VirtualTime();
    const gate = new Gate(2, time.now, time.sleep);
    gate.pause(1100, { begunAt: -10, askedMs: 1000 });
    gate.pause(1250, { begunAt: -5, askedMs: 1000 });
    expect(await time.during(gate.run(async () => time.now()))).toBe(1100);
  });

  it("is never shorter than what any of them was asked to wait", async () => {
    const time = new VirtualTime();
    const gate = new Gate(2, time.now, time.sleep);
    gate.pause(1100, { begunAt: -10, askedMs: 1000 });
    gate.pause(3250, { begunAt: -5, askedMs: 3000 });
    expect(await time.during(gate.run(async () => time.now()))).toBe(3000);
  });

  it("that follows another one is chosen anew", async () => {
    const time = new VirtualTime();
    const gate = new Gate(2, time.now, time.sleep);
    gate.pause(1100, { begunAt: -10, askedMs: 1000 });
    await time.during(gate.run(async () => gate.pause(1250, { begunAt: time.now(), askedMs: 1000 })));
    expect(await time.during(gate.run(async () => time.now()))).toBe(2350);
  });

  it("that is over holds nobody", async () => {
    const time = new VirtualTime();
    const gate = new Gate(1, time.now, time.sleep);
    gate.pause(0);
    await gate.run(async () => undefined);
    expect(time.asked).toEqual([]);
  });
});

describe("a place is never lost or made", () => {
  it("by calls that came and went before", async () => {
    const time = new VirtualTime();
    const gate = new Gate(2, time.now, time.sleep);
    for (let n = 0; n < 5; n += 1) await gate.run(async () => undefined);
    let running = 0;
    let mostRunning = 0;
    const work = async (): Promise<void> => {
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await time.sleep(10);
      running -= 1;
    };
    await time.during(Promise.all(Array.from({ length: 6 }, () => gate.run(work))));
    expect(mostRunning).toBe(2);
  });

  it("to work that throws before it is a promise", async () => {
    const gate = new Gate(
      1,
      () => 0,
      async () => undefined,
    );
    const thrown = gate.run(() => {
      throw new Error("at once");
    });
    await expect(thrown).rejects.toThrow("at once");
    await expect(gate.run(async () => "next")).resolves.toBe("next");
  });

  it("to a wait that is broken off", async () => {
    const time = new VirtualTime();
    let broken = true;
    const gate = new Gate(1, time.now, (ms) =>
      broken ? Promise.reject(new Error("cancelled")) : time.sleep(ms),
    );
    gate.pause(100);
    await expect(gate.run(async () => "never")).rejects.toThrow("cancelled");
    broken = false;
    await expect(time.during(gate.run(async () => "next"))).resolves.toBe("next");
  });
});
