import fc from "fast-check";
import { Ledger } from "../../emulator/src/account/ledger";
import { admit } from "../../emulator/src/runs/enforcement";
import { limits } from "./rehearsal";

type Declared = {
  rpm: number | null;
  rpd: number | null;
  tpm: number | null;
  tpd: number | null;
  tokenType: "input" | "output" | "total";
};
type Step =
  | { do: "wait"; ms: number }
  | { do: "run"; model: string; input: number; output: number }
  | { do: "change"; whole: Declared; asset: Declared };

const limit = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });
const declared: fc.Arbitrary<Declared> = fc.record({
  rpm: limit,
  rpd: limit,
  tpm: limit,
  tpd: limit,
  tokenType: fc.constantFrom("input", "output", "total"),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 999, 20_000, 60_000, 3_600_000, 40_000_000),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("run" as const),
      model: fc.constantFrom("m", "other"),
      input: fc.integer({ min: 0, max: 4 }),
      output: fc.integer({ min: 0, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("change" as const), whole: declared, asset: declared }),
  },
);

/** The rules again, the slow way: every admitted run and every declaration is remembered, and counted anew each time. */
class Oracle {
  private readonly runs: { at: number; model: string; input: number; output: number }[] = [];
  private readonly declarations: { at: number; whole: Declared; asset: Declared }[];

  constructor(whole: Declared, asset: Declared) {
    this.declarations = [{ at: Number.NEGATIVE_INFINITY, whole, asset }];
  }

  change(at: number, whole: Declared, asset: Declared): void {
    this.declarations.push({ at, whole, asset });
  }

  admits(now: number, model: string, input: number): boolean {
    const windows = [60_000, 86_400_000].map((length) => Math.floor(now / length) * length);
    return (["whole", "asset"] as const).every((scope) => {
      if (scope === "asset" && model !== "m") return true;
      return windows.every((start, index) => {
        const inForce = this.declarations.filter(({ at }) => at < start).at(-1) ?? this.declarations[0];
        const { tokenType, rpm, rpd, tpm, tpd } = (inForce as { whole: Declared; asset: Declared })[scope];
        const counted = this.runs.filter(
          (run) => run.at >= start && (scope === "whole" || run.model === "m"),
        );
        const of = (run: { input: number; output: number }) =>
          tokenType === "input" ? run.input : tokenType === "output" ? run.output : run.input + run.output;
        const tokens = counted.reduce((sum, run) => sum + of(run), 0);
        const [requestLimit, tokenLimit] = index === 0 ? [rpm, tpm] : [rpd, tpd];
        const known = tokenType === "output" ? 0 : input;
        return (
          (requestLimit === null || counted.length + 1 <= requestLimit) &&
          (tokenLimit === null || (tokens < tokenLimit && tokens + known <= tokenLimit))
        );
      });
    });
  }

  count(at: number, model: string, input: number, output: number): void {
    this.runs.push({ at, model, input, output });
  }
}

const declaration = (whole: Declared, asset: Declared) => ({
  name: "k",
  budget: null,
  expiresAt: null,
  globalLimits: limits(whole),
  assetsLimits: [{ ...limits(asset), assetId: "m" }],
});

test("whatever is run, waited and changed, the counters decide as the rules read", () => {
  const decided = { admitted: 0, refused: 0 };
  fc.assert(
    fc.property(
      declared,
      declared,
      fc.array(step, { minLength: 10, maxLength: 60 }),
      (whole, asset, steps) => {
        let now = Date.parse("2026-03-10T23:57:30.500Z");
        let ledger = Ledger.open(declaration(whole, asset));
        const oracle = new Oracle(whole, asset);
        for (const one of steps) {
          if (one.do === "wait") now += one.ms;
          else if (one.do === "change") {
            ledger.changeLimits(declaration(one.whole, one.asset), now);
            oracle.change(now, one.whole, one.asset);
          } else {
            const { model, input, output } = one;
            const admitted =
              admit(ledger, { assetId: model, inputTokens: input, cost: 0 }, null, now) === undefined;
            expect(admitted).toBe(oracle.admits(now, model, input));
            decided[admitted ? "admitted" : "refused"] += 1;
            if (!admitted) continue;
            oracle.count(now, model, input, output);
            ledger.countOutput(model, output, 0, now);
          }
          // What is kept and read back decides no differently.
          ledger = Ledger.load(JSON.parse(JSON.stringify(ledger.save())));
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(Math.min(decided.admitted, decided.refused)).toBeGreaterThan(500);
});
