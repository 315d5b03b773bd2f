import fc from "fast-check";
import { usageOf } from "../../provider/api/usage-rows";
import { wireUsageRows } from "../../provider/api/wire";
import { nextMidnight } from "../../provider/core/usage";

const NOON = Date.parse("2026-06-15T12:00:00Z");
const resetsAt = "2026-06-16T00:00:00.000Z";

const usage = (...rows: object[]) => usageOf(wireUsageRows.parse(rows), NOON);
const requests = (requestCount: unknown, requestCountLimit: unknown) =>
  usage({ requestCount, requestCountLimit, tokenCount: 0, tokenCountLimit: null }).total?.requests;

describe("a reading", () => {
  it("says what is used, what is left and the percentage, with one decimal", () => {
    expect(requests(1, 3)).toEqual({ used: 1, limit: 3, remaining: 2, percent: 33.3, resetsAt });
    expect(requests(250, 1000)).toMatchObject({ percent: 25, remaining: 750 });
    expect(requests(0, 10)).toMatchObject({ used: 0, percent: 0, remaining: 10 });
  });

  it("has nothing left, and more than all used, where a limit was lowered below the use", () => {
    expect(requests(15, 10)).toEqual({ used: 15, limit: 10, remaining: 0, percent: 150, resetsAt });
  });

  it.each([[null], [undefined]])("has no limit, rest or percentage where the limit is %p", (limit) => {
    expect(requests(7, limit)).toStrictEqual({ used: 7, resetsAt });
  });

  it("has no percentage of a limit of 0, and nothing left", () => {
    expect(requests(0, 0)).toStrictEqual({ used: 0, limit: 0, remaining: 0, resetsAt });
    expect(requests(2, 0)).toStrictEqual({ used: 2, limit: 0, remaining: 0, resetsAt });
  });

  it.each([[null], [undefined]])("counts %p as nothing used", (count) => {
    expect(requests(count, 5)).toMatchObject({ used: 0, remaining: 5, percent: 0 });
  });

  it("shows 100 percent only where nothing is left", () => {
    expect(requests(9_999, 10_000)).toMatchObject({ remaining: 1, percent: 99.9 });
    expect(requests(10_000, 10_000)).toMatchObject({ remaining: 0, percent: 100 });
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1 }), (used, limit) => {
        const { percent = Number.NaN, remaining } = requests(used, limit) ?? { remaining: Number.NaN };
        expect(percent >= 100).toBe(remaining === 0);
        expect(percent * 10).toBeCloseTo(Math.round(percent * 10), 3);
      }),
    );
  });
});

describe("the rows of a key", () => {
  const row = (tokenCount: number, assetId?: string | null) => ({
    requestCount: 1,
    requestCountLimit: null,
    tokenCount,
    tokenCountLimit: 100,
    ...(assetId === undefined ? {} : { assetId }),
  });

  it("are the key as a whole, and each model by its id, in any order", () => {
    const read = usage(row(30, "model-b"), row(50), row(20, "model-a"));
    expect(read.total?.tokens).toMatchObject({ used: 50, limit: 100, remaining: 50 });
    expect(Object.keys(read.models).sort()).toEqual(["model-a", "model-b"]);
    expect(read.models["model-a"]?.tokens.used).toBe(20);
    expect(read.models["model-b"]?.tokens.used).toBe(30);
    expect(read).not.toHaveProperty("unavailable");
  });

  it.each([[null], [""]])("are the key as a whole where assetId is %p", (assetId) => {
    expect(usage(row(5, assetId))).toMatchObject({ total: { tokens: { used: 5 } }, models: {} });
  });

  it("may lack the key as a whole, which then has used nothing that is known", () => {
    expect(usage(row(20, "m")).total?.tokens).toStrictEqual({ used: 0, resetsAt });
    expect(usage().models).toEqual({});
  });

  it("may name a model like a property that every object has", () => {
    expect(usage(row(3, "__proto__"), row(4, "constructor"))).toHaveProperty(
      "models.constructor.tokens.used",
      4,
    );
    expect(Object.keys(usage(row(3, "__proto__")).models)).toEqual(["__proto__"]);
  });

  it("keep requests and tokens apart", () => {
    const read = usage({ requestCount: 1, requestCountLimit: 2, tokenCount: 30, tokenCountLimit: 40 });
    expect(read.total?.requests).toMatchObject({ used: 1, limit: 2 });
    expect(read.total?.tokens).toMatchObject({ used: 30, limit: 40 });
  });
});

describe("when a reading starts from 0 again", () => {
  it.each([
    ["at midnight itself, the next one", "2026-06-15T00:00:00.000Z", "2026-06-16T00:00:00.000Z"],
    ["a millisecond before midnight", "2026-06-15T23:59:59.999Z", "2026-06-16T00:00:00.000Z"],
    ["at the end of a leap February", "2028-02-28T18:00:00.000Z", "2028-02-29T00:00:00.000Z"],
    ["at the end of a year", "2026-12-31T23:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ])("%s", (_, now, expected) => {
    expect(nextMidnight(Date.parse(now))).toBe(expected);
    expect(usageOf([], Date.parse(now)).total?.requests.resetsAt).toBe(expected);
  });
});
