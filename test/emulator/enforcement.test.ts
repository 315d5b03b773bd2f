import { Ledger } from "../../emulator/src/account/ledger";
import { admit } from "../../emulator/src/runs/enforcement";
import { GUIDE_MODEL, limits, SECOND_MODEL } from "./rehearsal";

class Script {
  private readonly ledger: Ledger;
  private now = 0;
  private key: { globalLimits: object | null; assetsLimits: object[]; budget: number | null };

  constructor(key: { globalLimits?: object; assetsLimits?: object[]; budget?: number } = {}) {
    this.key = {
      globalLimits: key.globalLimits ?? null,
      assetsLimits: key.assetsLimits ?? [],
      budget: key.budget ?? null,
    };
    this.ledger = Ledger.open(this.declaration());
  }

  private declaration() {
    const { globalLimits, assetsLimits, budget } = this.key;
    return {
      name: "k",
      expiresAt: null,
      budget,
      globalLimits: globalLimits && limits(globalLimits),
      assetsLimits: assetsLimits.map((asset) => ({ assetId: GUIDE_MODEL, ...limits(asset) })),
    };
  }

  at(instant: string): this {
    this.now = Date.parse(instant);
    return this;
  }

  change(key: { globalLimits?: object | null; assetsLimits?: object[]; budget?: number | null }): this {
    this.key = { ...this.key, ...key };
    this.ledger.changeLimits(this.declaration(), this.now);
    return this;
  }

  /** A run of so many input tokens, priced one credit each, and its output: `ok`, or what refused it. */
  run(inputTokens = 1, outputTokens = 0, assetId = GUIDE_MODEL): string {
    const cost = inputTokens * 1e9;
    const refusal = admit(this.ledger, { assetId, inputTokens, cost }, this.key.budget, this.now);
    if (refusal === undefined) {
      if (outputTokens > 0) this.ledger.countOutput(assetId, outputTokens, 0, this.now);
      return "ok";
    }
    if (refusal.kind === "budget") return "budget";
    return refusal.limits.map(({ scope, limit }) => `${scope} ${limit}`).join(", ");
  }

  runs(count: number, inputTokens = 1): string[] {
    return Array.from({ length: count }, () => this.run(inputTokens));
  }

  get counters() {
    this.ledger.roll(this.now);
    return JSON.stringify(this.ledger.save());
  }

  get whole() {
    this.ledger.roll(this.now);
    return this.ledger.whole;
  }
}

const oneEach = { rpm: 1 };

describe("windows are fixed and aligned to the UTC minute and day", () => {
  test.each([
    ["the last millisecond of a minute", oneEach, "2026-03-10T12:00:59.999Z", "2026-03-10T12:01:00.000Z"],
    ["the last millisecond of an hour", oneEach, "2026-03-10T12:59:59.999Z", "2026-03-10T13:00:00.000Z"],
    ["the last millisecond of a UTC day", { rpd: 1 }, "2026-03-10T23:59:59.999Z", "2026-03-11T00:00:00.000Z"],
    ["the end of a leap day", { rpd: 1 }, "2028-02-29T23:59:59.999Z", "2028-03-01T00:00:00.000Z"],
    ["the start of a leap day", { rpd: 1 }, "2028-02-28T23:59:59.999Z", "2028-02-29T00:00:00.000Z"],
    ["the end of a year", { rpd: 1 }, "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"],
    ["a daylight saving night in Europe", { rpd: 1 }, "2026-03-29T23:59:59.999Z", "2026-03-30T00:00:00.000Z"],
  ])("%s still counts with what was before, the next does not", (_edge, globalLimits, last, first) => {
    const script = new Script({ globalLimits });
    script.at(new Date(Date.parse(last) - 59_000).toISOString());
    expect(script.run()).toBe("ok");
    expect(script.at(last).run()).toMatch(/^global rp[md]$/);
    expect(script.at(first).run()).toBe("ok");
    expect(script.run()).toMatch(/^global rp[md]$/);
  });

  test("a minute limit does not reset the day's counters", () => {
    const script = new Script({ globalLimits: { rpm: 2, rpd: 3 } });
    expect(script.at("2026-03-10T12:00:00Z").runs(3)).toEqual(["ok", "ok", "global rpm"]);
    expect(script.at("2026-03-10T12:01:00Z").runs(2)).toEqual(["ok", "global rpd"]);
    expect(script.at("2026-03-10T12:02:00Z").run()).toBe("global rpd");
  });

  test("a clock that steps back opens no old window again", () => {
    const script = new Script({ globalLimits: oneEach });
    expect(script.at("2026-03-10T12:01:00.000Z").run()).toBe("ok");
    expect(script.at("2026-03-10T12:00:59.000Z").run()).toBe("global rpm");
  });
});

describe("a run is admitted only if every counter has room for its known cost", () => {
  const asset = { assetId: GUIDE_MODEL };

  test("global and asset limits are both enforced, and neither overrides the other", () => {
    const tightWhole = new Script({ globalLimits: { rpm: 1 }, assetsLimits: [{ ...asset, rpm: 5 }] });
    expect(tightWhole.runs(2)).toEqual(["ok", "global rpm"]);
    const tightAsset = new Script({ globalLimits: { rpm: 5 }, assetsLimits: [{ ...asset, rpm: 1 }] });
    expect(tightAsset.runs(2)).toEqual(["ok", "asset rpm"]);
    expect(tightAsset.run(1, 0, SECOND_MODEL)).toBe("ok");
  });

  test("a refusal names every limit that has no room", () => {
    const all = { rpm: 0, rpd: 0, tpm: 0, tpd: 0 };
    const script = new Script({ globalLimits: all, assetsLimits: [{ ...asset, ...all }] });
    expect(script.run()).toBe(
      "global rpm, global tpm, global rpd, global tpd, asset rpm, asset tpm, asset rpd, asset tpd",
    );
  });

  test.each([
    ["requests per minute", { rpm: 2 }],
    ["requests per day", { rpd: 2 }],
    ["tokens per minute", { tpm: 2 }],
    ["tokens per day", { tpd: 2 }],
  ])("a run refused for %s leaves every counter as it was", (_limit, limit) => {
    for (const key of [{ globalLimits: limit }, { assetsLimits: [{ ...asset, ...limit }] }]) {
      const script = new Script(key).at("2026-03-10T12:00:00Z");
      script.runs(2);
      const before = script.counters;
      expect(script.run()).not.toBe("ok");
      expect(script.counters).toBe(before);
    }
  });

  test("a run whose input alone is more than what is left is refused, a smaller one is not", () => {
    const script = new Script({ globalLimits: { tpm: 10 } });
    expect([script.run(6), script.run(5), script.run(4), script.run(1)]).toEqual([
      "ok",
      "global tpm",
      "ok",
      "global tpm",
    ]);
  });

  test("zero allows nothing, and nothing set allows everything", () => {
    for (const limit of ["rpm", "rpd", "tpm", "tpd"]) {
      expect(new Script({ globalLimits: { [limit]: 0 } }).run(0)).toBe(`global ${limit}`);
    }
    expect(new Set(new Script({ globalLimits: {} }).runs(1000, 1000))).toEqual(new Set(["ok"]));
  });
});

describe("output tokens are added when the answer is made", () => {
  test("they may carry a counter over by that one answer, and the next run is refused", () => {
    const script = new Script({ globalLimits: { tpm: 10 } });
    expect(script.run(1, 16)).toBe("ok");
    expect(script.whole.minute.tokenCount).toBe(17);
    expect(script.run(1)).toBe("global tpm");
  });

  describe("of a run that is still under way", () => {
    const later = (script: Script, at: string) =>
      (script as unknown as { ledger: Ledger }).ledger.countOutputLater({
        at: Date.parse(at),
        assetId: GUIDE_MODEL,
        outputTokens: 9,
        cost: 0,
      });

    test("they count in the minute in which it ends", () => {
      const script = new Script({ globalLimits: { tpm: 10, tpd: 100 } });
      expect(script.at("2026-03-10T12:00:59.999Z").run(2)).toBe("ok");
      later(script, "2026-03-10T12:01:00.000Z");
      expect(script.at("2026-03-10T12:01:00.000Z").run(2)).toBe("global tpm");
      expect(script.whole.minute.tokenCount).toBe(9);
      expect(script.whole.day.tokenCount).toBe(11);
    });

    test("they do not count in a later minute, though that is when they are first looked at", () => {
      const script = new Script({ globalLimits: { tpm: 10, tpd: 100 } }).at("2026-03-10T12:00:00.000Z");
      later(script, "2026-03-10T12:00:30.000Z");
      later(script, "2026-03-10T12:00:10.000Z");
      script.at("2026-03-10T12:01:00.000Z").change({ globalLimits: { tpm: 10, tpd: 90 } });
      expect(script.whole.minute.tokenCount).toBe(0);
      expect(script.whole.day.tokenCount).toBe(18);
    });
  });

  test.each([
    ["total", [5, 5], 10],
    [null, [5, 5], 10],
    ["input", [5, 5], 5],
    ["output", [5, 5], 5],
  ] as const)(
    "with tokenType %s a run of 5 tokens in and 5 out counts %p as %d",
    (tokenType, [inTokens, out], counted) => {
      const script = new Script({ globalLimits: { tpm: 1000, tokenType } });
      script.run(inTokens, out);
      expect(script.whole.minute.tokenCount).toBe(counted);
    },
  );

  test("a limit on output lets any input in until the output has used it up", () => {
    const script = new Script({ globalLimits: { tpm: 10, tokenType: "output" } });
    expect(script.run(1000, 9)).toBe("ok");
    expect(script.run(1000, 1)).toBe("ok");
    expect(script.run(0, 0)).toBe("global tpm");
  });

  test("a limit on input does not see output", () => {
    const script = new Script({ globalLimits: { tpm: 10, tokenType: "input" } });
    expect(script.run(9, 1000)).toBe("ok");
    expect([script.run(2), script.run(1), script.run(1)]).toEqual(["global tpm", "ok", "global tpm"]);
  });
});

describe("changed limits apply from the next timeframe", () => {
  const start = "2026-03-10T12:00:10Z";
  const sameMinute = "2026-03-10T12:00:59.999Z";
  const nextMinute = "2026-03-10T12:01:00.000Z";
  const nextDay = "2026-03-11T00:00:00.000Z";

  test("up in mid-minute: the old limit refuses until the minute is over", () => {
    const script = new Script({ globalLimits: { rpm: 1 } }).at(start);
    script.run();
    script.change({ globalLimits: { rpm: 3 } });
    expect(script.at(sameMinute).run()).toBe("global rpm");
    expect(script.at(nextMinute).runs(4)).toEqual(["ok", "ok", "ok", "global rpm"]);
  });

  test("down in mid-minute: the old limit still lets in until the minute is over", () => {
    const script = new Script({ globalLimits: { rpm: 3 } }).at(start);
    script.run();
    script.change({ globalLimits: { rpm: 1 } });
    expect(script.at(sameMinute).runs(3)).toEqual(["ok", "ok", "global rpm"]);
    expect(script.at(nextMinute).runs(2)).toEqual(["ok", "global rpm"]);
  });

  test("a day limit waits for the next UTC day, while a minute limit of the same change does not", () => {
    const script = new Script({ globalLimits: { rpm: 1, rpd: 2 } }).at(start);
    script.run();
    script.change({ globalLimits: { rpm: 5, rpd: 3 } });
    expect(script.at(nextMinute).runs(2)).toEqual(["ok", "global rpd"]);
    expect(script.at(nextDay).runs(4)).toEqual(["ok", "ok", "ok", "global rpd"]);
  });

  test("of two changes in one minute the last one counts", () => {
    const script = new Script({ globalLimits: { rpm: 1 } }).at(start);
    script.change({ globalLimits: { rpm: 9 } }).change({ globalLimits: { rpm: 2 } });
    expect(script.at(nextMinute).runs(3)).toEqual(["ok", "ok", "global rpm"]);
  });

  test("a change made long after the last run takes effect one timeframe after the change", () => {
    const script = new Script({ globalLimits: { rpm: 1 } }).at(start);
    script.run();
    script.at("2026-03-10T15:00:00Z").change({ globalLimits: { rpm: 2 } });
    expect(script.runs(2)).toEqual(["ok", "global rpm"]);
    expect(script.at("2026-03-10T15:01:00Z").runs(3)).toEqual(["ok", "ok", "global rpm"]);
  });

  test("a limit that is dropped, and one that is new, wait as well", () => {
    const dropped = new Script({ assetsLimits: [{ rpm: 1 }] }).at(start);
    dropped.run();
    dropped.change({ assetsLimits: [] });
    expect(dropped.at(sameMinute).run()).toBe("asset rpm");
    expect(dropped.at(nextMinute).runs(2)).toEqual(["ok", "ok"]);
    const added = new Script().at(start).change({ assetsLimits: [{ rpm: 1 }] });
    expect(added.at(sameMinute).runs(2)).toEqual(["ok", "ok"]);
    expect(added.at(nextMinute).runs(2)).toEqual(["ok", "asset rpm"]);
  });

  test("a changed token type counts the running minute as before", () => {
    const script = new Script({ globalLimits: { tpm: 10, tokenType: "input" } }).at(start);
    script.run(5, 100);
    script.change({ globalLimits: { tpm: 10, tokenType: "total" } });
    expect(script.at(sameMinute).run(5, 100)).toBe("ok");
    expect(script.at(nextMinute).run(5, 100)).toBe("ok");
    expect(script.run(1)).toBe("global tpm");
  });
});

describe("the budget", () => {
  test("is used up credit by credit, and refuses what does not fit", () => {
    const script = new Script({ budget: 3 });
    expect([script.run(2), script.run(2), script.run(1), script.run(0)]).toEqual([
      "ok",
      "budget",
      "ok",
      "budget",
    ]);
  });

  test("raised, it lets runs in at once; lowered below what is spent, it refuses at once", () => {
    const script = new Script({ budget: 1 }).at("2026-03-10T12:00:10Z");
    expect(script.runs(2)).toEqual(["ok", "budget"]);
    expect(script.change({ budget: 2 }).runs(2)).toEqual(["ok", "budget"]);
    expect(script.change({ budget: null }).run()).toBe("ok");
    expect(script.change({ budget: 1 }).run()).toBe("budget");
  });

  test("of zero allows nothing, and never renews with a day", () => {
    const script = new Script({ budget: 0 });
    expect(script.at("2026-03-10T12:00:00Z").run(0)).toBe("budget");
    expect(script.at("2027-03-10T12:00:00Z").run(0)).toBe("budget");
  });

  test("comes before the rate: waiting would not help", () => {
    expect(new Script({ budget: 0, globalLimits: { rpm: 0 } }).run()).toBe("budget");
  });

  test("does not drift over a million runs", () => {
    const ledger = Ledger.open({
      name: "k",
      budget: null,
      globalLimits: null,
      assetsLimits: [],
      expiresAt: null,
    });
    for (let runs = 0; runs < 1_000_000; runs += 1) ledger.spent += 100;
    expect(ledger.spent).toBe(100_000_000);
  });
});
