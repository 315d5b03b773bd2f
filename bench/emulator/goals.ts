import type { Goal } from "../goal";
import { median } from "../statistics";
import type { CostByAccount, EmulatorResult, RateRound } from "./model";

/** The median of the ratio to the constant server per round. */
const overConstant = (rates: readonly RateRound[], figure: "perSecond" | "p50" | "p99"): number =>
  median(rates.map(({ emulator, constant }) => emulator[figure] / constant[figure]));

/** The noise of such small times. */
const SAME = 1.25;

const growth = (
  costs: readonly CostByAccount[],
  from: Partial<CostByAccount>,
  to: Partial<CostByAccount>,
): number => {
  const find = (wanted: Partial<CostByAccount>): number =>
    costs.find(
      ({ keys, limitsOnOthers }) =>
        keys === wanted.keys &&
        (wanted.limitsOnOthers === undefined || limitsOnOthers === wanted.limitsOnOthers),
    )?.run ?? Number.NaN;
  return find(to) / find(from);
};

/** The goals beside the results. */
export function emulatorGoals({ rates, decisions, costs }: EmulatorResult): Goal[] {
  return [
    {
      what: "admitted runs per second over those of a constant answer",
      measured: overConstant(rates, "perSecond"),
      atLeast: 0.8,
      unit: "x",
    },
    {
      what: "p99 of admitted runs over that of a constant answer",
      measured: overConstant(rates, "p99"),
      atMost: 1.3,
      unit: "x",
    },
    {
      what: "decisions per second over those of rate-limiter-flexible's union of eight",
      measured: decisions.rateLimiterFlexible / decisions.emulator,
      atLeast: 10,
      unit: "x",
    },
    {
      what: "cost of a run among 10,000 keys over that among 10",
      measured: growth(costs, { keys: 10 }, { keys: 10_000 }),
      atMost: SAME,
      unit: "x",
    },
    {
      what: "cost of a run beside keys with 100 limited models each over that beside keys with none",
      measured: growth(costs, { keys: 1000, limitsOnOthers: 0 }, { keys: 1000, limitsOnOthers: 100 }),
      atMost: SAME,
      unit: "x",
    },
  ];
}
