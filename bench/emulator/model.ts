import { z } from "zod";

/** What a server made of a load. */
export const served = z.object({
  perSecond: z.number(),
  /** Milliseconds from the request to the end of the answer. */
  p50: z.number(),
  p99: z.number(),
  failed: z.number(),
});

export type Served = z.infer<typeof served>;

/** The emulator and a server that decides nothing, in turn. */
export interface RateRound {
  readonly emulator: Served;
  readonly constant: Served;
}

/** Nanoseconds that one decision takes. */
export interface DecisionCosts {
  readonly emulator: number;
  readonly rateLimiterFlexible: number;
}

/** Nanoseconds, by what else is in the account. */
export interface CostByAccount {
  readonly keys: number;
  /** Limited models of every key that is not run. */
  readonly limitsOnOthers: number;
  /** The decision alone. */
  readonly decision: number;
  /** A whole run but for HTTP: the caller found, input counted, decided, answered, output counted. */
  readonly run: number;
}

export interface EmulatorResult {
  readonly connections: number;
  readonly rates: readonly RateRound[];
  readonly decisions: DecisionCosts;
  readonly costs: readonly CostByAccount[];
}
