import fc from "fast-check";
import { dateOf, dayOf, startOfDay } from "../../../provider/core/rotation/days";
import {
  currentOn,
  generation,
  liveAt,
  readSchedule,
  type Schedule,
} from "../../../provider/core/rotation/schedule";

const read = (args: object): Schedule => {
  const reading = readSchedule(args as Record<string, unknown>);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.schedule;
};
const problems = (args: object): string[] => {
  const reading = readSchedule(args as Record<string, unknown>);
  return reading.ok ? [] : reading.problems.map(({ property, reason }) => `${property} ${reason}`);
};
const BASE = { anchor: "2028-01-01", every: 30, overlap: 7 };
const at = (text: string): number => Date.parse(text);
const starts = (schedule: Schedule, instant: string): string[] =>
  liveAt(schedule, at(instant)).map(({ start }) => dateOf(start));

describe("a schedule", () => {
  const schedule = read(BASE);

  it("starts generations every so many whole UTC days, over a leap day, and retires each an overlap after the next", () => {
    const dates = [0, 1, 2].map((g) => {
      const { start, retires, expires } = generation(schedule, g);
      return [start, retires, expires].map(dateOf);
    });
    expect(dates).toEqual([
      ["2028-01-01", "2028-02-07", "2028-02-14"],
      ["2028-01-31", "2028-03-08", "2028-03-15"],
      ["2028-03-01", "2028-04-07", "2028-04-14"],
    ]);
  });

  it.each([
    ["2027-12-31T23:59:59.999Z", []],
    ["2028-01-01T00:00:00.000Z", ["2028-01-01"]],
    ["2028-01-30T23:59:59.999Z", ["2028-01-01"]],
    ["2028-01-31T00:00:00.000Z", ["2028-01-01", "2028-01-31"]],
    ["2028-02-06T23:59:59.999Z", ["2028-01-01", "2028-01-31"]],
    ["2028-02-07T00:00:00.000Z", ["2028-01-31"]],
    ["2028-02-29T12:00:00.000Z", ["2028-01-31"]],
  ])("at %s has %j alive", (instant, expected) => {
    expect(starts(schedule, instant)).toEqual(expected);
  });

  it("changes its period at an appended piece, and not before", () => {
    const changed = read({ ...BASE, schedule: [{ from: "2028-02-10", every: 10 }] });
    expect([0, 1, 2, 3].map((g) => dateOf(generation(changed, g).start))).toEqual([
      "2028-01-01",
      "2028-01-31",
      "2028-02-10",
      "2028-02-20",
    ]);
    expect(dateOf(generation(changed, 1).retires)).toBe("2028-02-17");
    expect(starts(changed, "2028-02-09T23:00:00Z")).toEqual(starts(schedule, "2028-02-09T23:00:00Z"));
  });

  it("never has three generations alive, and every current one lives for at least an overlap, whatever the pieces", () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 20 })), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        pieces,
        fc.nat({ max: 300 }),
        (every, overlap, appended, days) => {
          let from = dayOf(at("2028-01-01"));
          const args = {
            anchor: "2028-01-01",
            every,
            overlap,
            schedule: appended.map(([after, each]) => {
              from += after;
              return { from: dateOf(from), every: each };
            }),
          };
          const reading = readSchedule(args);
          fc.pre(reading.ok);
          if (!reading.ok) return;
          const day = dayOf(at("2028-01-01")) + days;
          const live = liveAt(reading.schedule, startOfDay(day));
          const current = currentOn(reading.schedule, day);
          expect(live.length).toBeGreaterThanOrEqual(1);
          expect(live.length).toBeLessThanOrEqual(2);
          expect(live.at(-1)).toEqual(current);
          expect((current?.retires ?? 0) - day).toBeGreaterThan(overlap);
          // By the definition: every g >= 0 with start(g) <= t < retire(g).
          const all = Array.from({ length: 320 }, (_, g) => generation(reading.schedule, g));
          expect(live).toEqual(all.filter(({ start, retires }) => start <= day && day < retires));
        },
      ),
    );
  });
});

describe("a schedule that makes no sense is refused with everything that is wrong with it:", () => {
  it.each([
    ["no anchor", { anchor: undefined }, ["anchor must be a calendar date"]],
    ["a Date for an anchor", { anchor: new Date(0) }, ["anchor must be a calendar date"]],
    [
      "an output for an anchor",
      { anchor: new (class OutputImpl {})() },
      ["written as a literal in the program; got an output. Every start is counted from it"],
    ],
    ["a day that does not exist", { anchor: "2027-02-29" }, ['got the text "2027-02-29"']],
    ["an anchor with a time", { anchor: "2028-01-01T00:00:00Z" }, ["anchor must be a calendar date"]],
    ["no period", { every: 0 }, ["every must be a whole number of days from 1 to 3650; got 0"]],
    ["a part of a day", { every: 1.5 }, ["every must be a whole number of days"]],
    ["text", { every: "30" }, ['every must be a whole number of days from 1 to 3650; got the text "30"']],
    ["no overlap", { overlap: 0 }, ["overlap must be a whole number of days from 1 to 3650; got 0"]],
    ["an overlap above the period", { overlap: 31 }, ["overlap is 31, above every (30)"]],
    ["a grace below 0", { grace: -1 }, ["grace must be a whole number of days from 0"]],
    ["a schedule that is no list", { schedule: {} }, ["schedule must be a list of pieces"]],
    [
      "a piece before the anchor",
      { schedule: [{ from: "2027-01-01", every: 7 }] },
      ["schedule[0].from is 2027-01-01, not after 2028-01-01"],
    ],
    [
      "pieces out of order",
      {
        schedule: [
          { from: "2028-05-30", every: 7 },
          { from: "2028-04-01", every: 7 },
        ],
      },
      ["schedule[1].from is 2028-04-01, not after 2028-05-30"],
    ],
    [
      "a piece within the overlap",
      { schedule: [{ from: "2028-02-02", every: 30 }] },
      [
        "schedule[0].from is 2028-02-02, 2 days after the generation of 2028-01-31 and within the overlap (7)",
        "Choose 2028-01-31 or 2028-02-07",
      ],
    ],
    [
      "a piece whose period is below the overlap, with a misspelt property",
      { schedule: [{ from: "2028-05-30", every: 3, overlap: 2 }] },
      ["schedule[0].overlap is not a property of a piece", "schedule[0].every is 3, below overlap (7)"],
    ],
    [
      "all at once",
      { anchor: 1, every: 0, overlap: 0, grace: 0.5, schedule: [4] },
      ["anchor", "every", "overlap", "grace", "schedule[0]"],
    ],
  ])("%s", (_, wrong, expected) => {
    const told = problems({ ...BASE, ...wrong }).join("\n");
    for (const words of expected) expect(told).toContain(words);
  });

  it("and a sound one is not", () => {
    expect(problems({ ...BASE, overlap: 30, grace: 0 })).toEqual([]);
  });
});
