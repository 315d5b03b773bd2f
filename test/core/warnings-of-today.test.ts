import type { AssetLimits, Limits } from "../../provider/core/model";
import { UNKNOWN } from "../../provider/core/unknown";
import { type ApiKeyUsage, usageReading } from "../../provider/core/usage";
import { expiresSoon, isDayLimit, useWarnings } from "../../provider/core/warnings-of-today";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const MIDNIGHT = "2026-03-11T00:00:00.000Z";

describe("a key that expires soon", () => {
  test.each([
    ["2026-03-11", "in 1 day"],
    ["2026-03-12", "in 2 days"],
    ["2026-03-24", "in 14 days"],
  ])("is told of: %s", (date, words) => {
    expect(expiresSoon(date, NOW)).toEqual([
      { id: "expires-soon", property: "expiresAt", reason: expect.stringContaining(words) },
    ]);
  });

  test.each(["2026-03-10", "2026-03-25", "2020-01-01", UNKNOWN, undefined])("not of: %s", (date) => {
    expect(expiresSoon(date, NOW)).toEqual([]);
  });
});

const scope = (requests: number, tokens = 0) => ({
  requests: usageReading(requests, null, MIDNIGHT),
  tokens: usageReading(tokens, null, MIDNIGHT),
});

interface Given {
  readonly limits?: Limits;
  readonly models?: readonly AssetLimits[];
  readonly used: ApiKeyUsage;
  readonly changed?: readonly string[];
  readonly percent?: number;
}

const told = ({ limits, models, used, changed = [], percent = 80 }: Given): string[] =>
  useWarnings(
    { globalLimits: limits, assetLimits: models },
    used,
    new Map([["a/b/c", "id"]]),
    new Set(changed),
    percent,
  ).map(({ id, property }) => `${id} ${property}`);

const whole = (requests: number, tokens = 0): ApiKeyUsage => ({ total: scope(requests, tokens), models: {} });
const PATH = "globalLimits.requestsPerDay";

describe("a limit of the day", () => {
  test.each<[string, Given, string[]]>([
    [
      "changed to below the use",
      { limits: { requestsPerDay: 5 }, used: whole(6), changed: [PATH] },
      [`limit-below-use ${PATH}`],
    ],
    [
      "changed to the very use",
      { limits: { requestsPerDay: 6 }, used: whole(6), changed: [PATH] },
      [`use-above-threshold ${PATH}`],
    ],
    [
      "unchanged and passed",
      { limits: { requestsPerDay: 5 }, used: whole(6) },
      [`use-above-threshold ${PATH}`],
    ],
    ["at the threshold", { limits: { requestsPerDay: 10 }, used: whole(8) }, [`use-above-threshold ${PATH}`]],
    ["below the threshold", { limits: { requestsPerDay: 10 }, used: whole(7) }, []],
    [
      "at another threshold",
      { limits: { requestsPerDay: 10 }, used: whole(7), percent: 70 },
      [`use-above-threshold ${PATH}`],
    ],
    ["of 0, unused", { limits: { requestsPerDay: 0 }, used: whole(0), changed: [PATH] }, []],
    [
      "of 0, used",
      { limits: { requestsPerDay: 0 }, used: whole(1), changed: [PATH] },
      [`limit-below-use ${PATH}`],
    ],
    [
      "of tokens",
      { limits: { tokensPerDay: 10 }, used: whole(0, 9) },
      ["use-above-threshold globalLimits.tokensPerDay"],
    ],
    [
      "of tokens that are counted otherwise from now on",
      {
        limits: { tokensPerDay: 10, tokenType: "input" },
        used: whole(0, 11),
        changed: ["globalLimits.tokensPerDay", "globalLimits.tokenType"],
      },
      [],
    ],
    [
      "that is not known yet",
      { limits: { requestsPerDay: UNKNOWN as unknown as number }, used: whole(9), changed: [PATH] },
      [],
    ],
    [
      "of the minute",
      { limits: { requestsPerMinute: 1 }, used: whole(9), changed: ["globalLimits.requestsPerMinute"] },
      [],
    ],
    [
      "of a model by its path",
      {
        models: [{ model: "a/b/c", requestsPerDay: 5 }],
        used: { models: { id: scope(6) } },
        changed: ['assetLimits["id"].requestsPerDay'],
      },
      ['limit-below-use assetLimits["id"].requestsPerDay'],
    ],
    [
      "of a model that was not used",
      { models: [{ model: "other", requestsPerDay: 5 }], used: { models: { id: scope(6) } } },
      [],
    ],
    [
      "where the reading failed",
      { limits: { requestsPerDay: 1 }, used: { models: {}, unavailable: "busy" } },
      [],
    ],
  ])("%s", (_, given, expected) => {
    expect(told(given)).toEqual(expected);
  });

  test("is told with what is used, and what follows", () => {
    const [below] = useWarnings(
      { globalLimits: { requestsPerDay: 5 } },
      whole(6),
      new Map(),
      new Set([PATH]),
      80,
    );
    expect(below?.reason).toContain("is 5, below today's usage (6 requests since midnight UTC)");
    const [near] = useWarnings(
      { globalLimits: { requestsPerDay: 1000 } },
      whole(999),
      new Map(),
      new Set(),
      80,
    );
    expect(near?.reason).toContain("is 1000, of which 999 requests (99.9 %) are used today");
  });

  test("is known by its path", () => {
    const paths = [PATH, 'assetLimits["a.b"].tokensPerDay', "globalLimits.requestsPerMinute", "budget"];
    expect(paths.map(isDayLimit)).toEqual([true, true, false, false]);
  });
});
