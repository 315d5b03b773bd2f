import { type Facts, type Memory, remember } from "../../../provider/core/rotation/memory";
import { readSchedule, type Schedule } from "../../../provider/core/rotation/schedule";
import { UNKNOWN } from "../../../provider/core/unknown";
import { FACTS, MemoryProvider } from "../../../provider/dynamic/memory";

const BASE = { anchor: "2028-01-01", every: 30, overlap: 7 };

const schedule = (args: object = {}): Schedule => {
  const reading = readSchedule({ ...BASE, ...args });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.schedule;
};
const facts = (now: string, more: Partial<Facts> = {}): Facts => {
  const instant = Date.parse(now);
  return { instant, isFixed: false, runner: instant, platform: instant, keys: 1, ...more };
};
const run = (
  now: string,
  memory?: Memory,
  args: object = {},
  rotationTrigger?: string,
  more?: Partial<Facts>,
) =>
  remember(
    memory,
    { schedule: schedule(args), ...(rotationTrigger === undefined ? {} : { rotationTrigger }) },
    facts(now, more),
  );
const kept = (...given: Parameters<typeof run>): Memory => {
  const remembered = run(...given);
  if (!remembered.ok) throw new Error(JSON.stringify(remembered.problems));
  return remembered.memory;
};
const refused = (...given: Parameters<typeof run>): string => {
  const remembered = run(...given);
  return remembered.ok
    ? ""
    : remembered.problems.map(({ property, reason }) => `${property} ${reason}`).join("\n");
};
const ids = ({ generations }: Memory): string[] => generations.map(({ id }) => id);

describe("an edited schedule", () => {
  const first = kept("2028-01-20T10:00:00Z");

  it.each([
    ["another period in place", { every: 10 }, "would drop the key of generation 2028-01-01"],
    ["another anchor", { anchor: "2028-01-02" }, "would drop the key"],
    [
      "a piece from a day that has begun",
      { schedule: [{ from: "2028-01-20", every: 30 }] },
      "would end the key of generation 2028-01-01, which was handed out to be valid until 2028-02-07, on 2028-01-27",
    ],
    [
      "an overlap beyond the expiry on the platform",
      { overlap: 16 },
      "until 2028-02-16, but the platform ends it on 2028-02-14",
    ],
  ])("is refused: %s", (_, args, words) => {
    expect(refused("2028-01-20T12:00:00Z", first, args)).toContain(words);
  });

  it.each([
    ["a piece from tomorrow", { schedule: [{ from: "2028-01-21", every: 7 }] }],
    ["a piece far ahead", { schedule: [{ from: "2028-11-26", every: 7 }] }],
    ["an overlap that is raised by less", { overlap: 14 }],
    ["another grace", { grace: 1 }],
  ])("is accepted: %s", (_, args) => {
    expect(refused("2028-01-20T12:00:00Z", first, args)).toBe("");
    // The expiry of a key is that of its creation.
    expect(kept("2028-01-20T12:00:00Z", first, args).generations).toMatchObject([
      { expiresAt: "2028-02-14" },
    ]);
  });

  it("takes nothing that nobody has any more", () => {
    expect(refused("2028-02-07T00:00:00Z", first, { every: 10 })).toBe("");
  });

  it("may not shorten what the key before was promised", () => {
    const both = kept("2028-02-01T10:00:00Z", first);
    expect(refused("2028-02-02T10:00:00Z", both, { overlap: 3 })).toContain(
      "2028-01-01, which was handed out to be valid until 2028-02-07, on 2028-02-03",
    );
  });
});

describe("a leak", () => {
  const first = kept("2028-02-01T10:00:00Z", undefined, {}, "a");

  it("ends both generations and begins one of its day, and a second one on the same day", () => {
    const leaked = kept("2028-02-02T10:00:00Z", first, {}, "b");
    expect([ids(first), ids(leaked)]).toEqual([["2028-01-01", "2028-01-31"], ["2028-02-02"]]);
    expect(leaked.generations).toMatchObject([{ retiresAt: "2028-03-08", expiresAt: "2028-03-15" }]);
    const again = kept("2028-02-02T11:00:00Z", leaked, {}, "c");
    expect(ids(again)).toEqual(["2028-02-02.2"]);
    expect(ids(kept("2028-02-02T12:00:00Z", again, {}, "d"))).toEqual(["2028-02-02.3"]);
    // The next generation comes by the schedule.
    expect(ids(kept("2028-03-01T00:00:00Z", again, {}, "c"))).toEqual(["2028-02-02.2", "2028-03-01"]);
  });

  it("on the day of a rotation begins the second key of that day", () => {
    const rotated = kept("2028-01-31T01:00:00Z", undefined, {}, "a");
    expect(ids(kept("2028-01-31T02:00:00Z", rotated, {}, "b"))).toEqual(["2028-01-31.2"]);
  });

  it("is told with the keys that end, one or two", () => {
    const told = (memory: Memory, trigger: string): readonly string[] => {
      const remembered = run("2028-02-02T11:00:00Z", memory, {}, trigger);
      return remembered.ok ? remembered.warnings : [];
    };
    expect(told(first, "b")).toEqual([
      expect.stringContaining(
        "creates the key of generation 2028-02-02 and deletes the keys of generations 2028-01-01 and 2028-01-31. ",
      ),
    ]);
    const one = kept("2028-02-20T10:00:00Z", first, {}, "a");
    expect(told({ ...one, generations: one.generations.slice(-1) }, "b")).toEqual([
      expect.stringContaining("deletes the key of generation 2028-01-31. "),
    ]);
    expect(told(first, "a")).toEqual([]);
  });

  it.each([3, "", " ", false, {}])("is never taken from what is no text: %j is refused", async (trigger) => {
    const provider = new MemoryProvider(() => undefined);
    const { failures } = await provider.check(
      { ...first },
      { ...BASE, rotationTrigger: trigger, [FACTS]: facts("2028-02-02T10:00:00Z") },
    );
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(/^rotationTrigger must be a text that is not empty/) },
    ]);
  });

  it.each([
    ["set for the first time", kept("2028-02-01T10:00:00Z"), "a"],
    ["removed", first, undefined],
    ["not known yet", first, UNKNOWN],
    ["the same", first, "a"],
  ])("is none where the trigger is %s", (_, memory, trigger) => {
    expect(ids(kept("2028-02-02T10:00:00Z", memory, {}, trigger))).toEqual(["2028-01-01", "2028-01-31"]);
  });
});

describe("the clock", () => {
  const minutes = 60_000;

  it.each([
    ["5 minutes ahead", 5 * minutes, false],
    ["more than 5 minutes ahead", 5 * minutes + 1, true],
    ["5 minutes behind", -5 * minutes, false],
    ["more than 5 minutes behind", -5 * minutes - 1, true],
  ])("of the runner, %s of the platform's: refused is %s", (_, ahead, isRefused) => {
    const platform = Date.parse("2028-02-01T10:00:00Z");
    const told = refused("2028-02-01T10:00:00Z", undefined, {}, undefined, {
      platform,
      runner: platform + ahead,
    });
    expect(told.includes("A difference of up to 5 minutes is allowed")).toBe(isRefused);
  });

  it.each([
    ["2028-02-01T10:05:00Z", ""],
    ["2028-02-01T10:05:01Z", "5 minutes ahead of the platform's clock"],
    ["2028-01-29T10:00:00Z", ""],
    ["2028-01-29T09:59:59Z", "more than 3 days behind the platform's clock"],
  ])("fixed at %s", (now, words) => {
    const platform = Date.parse("2028-02-01T10:00:00Z");
    const told = refused(now, undefined, {}, undefined, { isFixed: true, platform });
    expect(words === "" ? told : told.includes(words)).toBe(words === "" ? "" : true);
  });

  it("of a platform that tells none cannot be checked", () => {
    expect(refused("2028-02-01T10:00:00Z", undefined, {}, undefined, { platform: undefined })).toContain(
      "no Date header",
    );
  });

  it("set back behind a rotation is refused, with one reason", () => {
    const rotated = kept("2028-01-31T00:01:00Z");
    expect(refused("2028-01-30T23:58:00Z", rotated).split("\n")).toEqual([
      expect.stringContaining(
        "is 2028-01-30, before the start of generation 2028-01-31, whose key was already handed out",
      ),
    ]);
  });

  it("before the anchor is refused", () => {
    expect(refused("2027-12-31T23:59:00Z")).toContain("anchor is after the time of this run");
  });
});

describe("the account", () => {
  const first = kept("2028-01-01T10:00:00Z");

  it("needs room for the new key before the old one goes", () => {
    const full = { keys: 5, maxKeys: 5 };
    expect(refused("2028-01-31T10:00:00Z", first, {}, undefined, full)).toContain("holds 5 of 5 keys");
    expect(refused("2028-01-31T10:00:00Z", first, {}, undefined, { keys: 4, maxKeys: 5 })).toBe("");
    const before = run("2028-01-15T10:00:00Z", first, {}, undefined, full);
    expect(before).toMatchObject({
      ok: true,
      warnings: [
        "the account holds 5 of 5 keys: make room for one more before the rotation on 2028-01-31, or it fails.",
      ],
    });
  });
});
