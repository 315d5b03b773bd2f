import type { Progress } from "../../tools/pulumi-cli/progress";
import type { BenchOptions } from "../options";
import { measureCosts, measureDecisions } from "./decision";
import { CONNECTIONS, measureRates } from "./http-rate";
import type { EmulatorResult } from "./model";

export async function benchEmulator({ quick }: BenchOptions, progress: Progress): Promise<EmulatorResult> {
  const deciding = progress.begin("emulator: a decision, against rate-limiter-flexible");
  const decisions = await measureDecisions(quick ? 5 : 25);
  deciding.done(`${Math.round(decisions.emulator)} ns`);
  const growing = progress.begin("emulator: what a run costs in accounts of up to 10,000 keys");
  const costs = await measureCosts(quick ? 5 : 25);
  growing.done(`${costs.length} accounts`);
  const serving = progress.begin("emulator: runs per second, against a constant answer");
  const rates = await measureRates(quick ? 2 : 7, quick ? 1 : 5, serving);
  serving.done(`${rates.length} rounds`);
  return { connections: CONNECTIONS, rates, decisions, costs };
}
