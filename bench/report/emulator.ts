import { emulatorGoals } from "../emulator/goals";
import type { EmulatorResult, RateRound } from "../emulator/model";
import { median } from "../statistics";
import { goalTable, table } from "./markdown";

const middle = (
  rates: readonly RateRound[],
  who: keyof RateRound,
  figure: "perSecond" | "p50" | "p99",
): number => median(rates.map((round) => round[who][figure]));

export function emulatorReport(result: EmulatorResult): string {
  const { rates, decisions, costs, connections } = result;
  const rate = (name: string, who: keyof RateRound) => [
    name,
    Math.round(middle(rates, who, "perSecond")),
    middle(rates, who, "p50").toFixed(2),
    middle(rates, who, "p99").toFixed(2),
  ];
  return [
    "## The emulator",
    goalTable(emulatorGoals(result)),
    `Over HTTP, ${connections} connections, ${rates.length} rounds in turns, medians (every run is admitted, eight counters, budget and expiry are looked at):`,
    table(
      ["server", "answers per second", "p50 ms", "p99 ms"],
      [rate("emulator, admitted runs", "emulator"), rate("fastify, a constant answer", "constant")],
    ),
    "One decision in memory:",
    table(
      ["who", "ns"],
      [
        ["emulator: caller, expiry, budget, eight counters", Math.round(decisions.emulator)],
        ["rate-limiter-flexible: union of eight counters", Math.round(decisions.rateLimiterFlexible)],
      ],
    ),
    "A run of one of ten keys, by what else is in the account (without HTTP):",
    table(
      ["keys", "limited models of each other key", "decision ns", "whole run ns"],
      costs.map(({ keys, limitsOnOthers, decision, run }) => [
        keys,
        limitsOnOthers,
        Math.round(decision),
        Math.round(run),
      ]),
    ),
  ].join("\n\n");
}
