import { z } from "zod";

export const served = z.object({
  perSecond: z.number(),
  /** Milliseconds to the end of the answer. */
  p50: z.number(),
  p99: z.number(),
  failed: z.number(),
});

export type Served = z.infer<typeof served>;

export interface RateRound {
  readonly emulator: Served;
  readonly constant: Served;
}

export interface DecisionCosts {
  readonly emulator: number;
  readonly rateLimiterFlexible: number;
}

/** In nanoseconds. */
export interface CostByAccount {
  readonly keys: number;
  readonly limitsOnOthers: number;
  readonly decision: number;
  /** A whole run without HTTP. */
  readonly run: number;
}

export interface EmulatorResult {
  readonly connections: number;
  readonly rates: readonly RateRound[];
  readonly decisions: DecisionCosts;
  readonly costs: readonly CostByAccount[];
}
