import fc from "fast-check";
import { canonicalExpiry, isPast, readExpiry } from "../../provider/core/expiry";

const DAY_MS = 24 * 60 * 60 * 1000;
const days = fc
  .integer({ min: 0, max: Math.floor(Date.parse("9999-12-31T00:00:00Z") / DAY_MS) })
  .map((n) => n * DAY_MS);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

describe("reading an expiry as a program writes it", () => {
  it("takes every date of the calendar, in its four spellings", () => {
    fc.assert(
      fc.property(days, (ms) => {
        const date = dateOf(ms);
        const expected = { ok: true, date, ms };
        expect(readExpiry(date)).toEqual(expected);
        expect(readExpiry(`${date}T00:00Z`)).toEqual(expected);
        expect(readExpiry(`${date}T00:00:00.000000Z`)).toEqual(expected);
        expect(readExpiry(`${date}T05:30:00+05:30`)).toEqual(expected);
        expect(readExpiry(`${date}T05:30:00+0530`)).toEqual(expected);
      }),
    );
  });

  it("takes 29 February of leap years only", () => {
    const leap = ["2028-02-29", "2000-02-29", "2027-02-29", "2100-02-29"].map((text) => readExpiry(text).ok);
    expect(leap).toEqual([true, true, false, false]);
  });

  it("refuses every other moment of a day and names the midnight before it and the one after it", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: DAY_MS - 1 }), (midnight, rest) => {
        const reading = readExpiry(new Date(midnight + rest).toISOString());
        const problem = reading.ok ? "" : reading.problem;
        expect(problem).toContain(`"${dateOf(midnight)}"`);
        if (dateOf(midnight) !== "9999-12-31") expect(problem).toContain(`"${dateOf(midnight + DAY_MS)}"`);
      }),
    );
  });

  it("reads back what it gave", () => {
    for (const text of ["0000-01-01", "0001-01-01", "1969-12-31", "9999-12-31", "9998-12-31T24:00:00Z"]) {
      const reading = readExpiry(text);
      expect(reading.ok && readExpiry(reading.date)).toEqual(reading);
    }
  });
});

describe("an expiry as the platform shows it", () => {
  it.each([
    ["as the SDK writes it", "2024-11-29T00:00:00.000000Z"],
    ["with milliseconds", "2024-11-29T00:00:00.000Z"],
    ["without a zone, which is UTC", "2024-11-29T00:00:00"],
    ["without a zone, with microseconds", "2024-11-29T00:00:00.000000"],
    ["with a zone of its own", "2024-11-29T01:00:00+01:00"],
    ["with zero hours of offset", "2024-11-29T00:00:00+00:00"],
    ["as a date", "2024-11-29"],
  ])("is a date where it is midnight UTC: %s", (_, text) => {
    expect(canonicalExpiry(text)).toBe("2024-11-29");
  });

  it("keeps a stray time of day, so that it is seen as the difference that it is", () => {
    expect(canonicalExpiry("2024-11-29T12:00:00.000000Z")).toBe("2024-11-29T12:00:00.000Z");
    expect(canonicalExpiry("2024-11-29T00:00:00-01:00")).toBe("2024-11-29T01:00:00.000Z");
    expect(canonicalExpiry("2024-11-29T05:30:00+0530")).toBe("2024-11-29");
    expect(canonicalExpiry("2024-11-29T12:00:00.5")).toBe("2024-11-29T12:00:00.500Z");
  });

  it("is left as it is where it is no date at all", () => {
    expect(canonicalExpiry("never")).toBe("never");
  });

  it("does not change when it is read again, and agrees with what a program writes", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: DAY_MS - 1 }), (midnight, rest) => {
        const once = canonicalExpiry(new Date(midnight + rest).toISOString());
        expect(canonicalExpiry(once)).toBe(once);
        const read = readExpiry(once);
        expect(read.ok).toBe(rest === 0);
        if (read.ok) expect(read.date).toBe(once);
      }),
    );
  });
});

it("an expiry is past from its very midnight on", () => {
  const midnight = Date.parse("2027-01-31T00:00:00Z");
  expect([midnight - 1, midnight, midnight + 1].map((now) => isPast("2027-01-31", now))).toEqual([
    false,
    true,
    true,
  ]);
  expect(isPast("never", midnight)).toBe(false);
});
