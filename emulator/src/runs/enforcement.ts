import type { Ledger, Scope } from "../account/ledger.js";
import type { Window } from "../account/window.js";

/** What is known before a run. `cost` is the price of its input in nano-credits. */
export interface KnownCost {
  assetId: string;
  inputTokens: number;
  cost: number;
}

export type LimitName = "tpm" | "tpd" | "rpm" | "rpd";

export interface LimitRefusal {
  scope: "global" | "asset";
  assetId: string | null;
  limit: LimitName;
  value: number;
  used: number;
  requested: number;
  freesAt: number;
}

export type Refusal =
  | { kind: "budget"; spent: number; cost: number }
  | { kind: "limits"; limits: LimitRefusal[] };

export const NANO = 1_000_000_000;

/**
 * Admits and counts a run, or refuses it and counts nothing, in one synchronous step. Returns `undefined` for an
 * admitted run.
 * @param budget credits in total, or `null`
 */
export function admit(
  ledger: Ledger,
  run: KnownCost,
  budget: number | null,
  now: number,
): Refusal | undefined {
  ledger.settle(now);
  const { whole } = ledger;
  const asset = ledger.asset(run.assetId);
  whole.roll(now);
  asset.roll(now);
  if (budget !== null) {
    const nano = budget * NANO;
    if (ledger.spent >= nano || ledger.spent + run.cost > nano) {
      return { kind: "budget", spent: ledger.spent, cost: run.cost };
    }
  }
  const { inputTokens } = run;
  if (!hasRoom(whole, inputTokens) || !hasRoom(asset, inputTokens)) {
    return { kind: "limits", limits: [...refusals(whole, inputTokens), ...refusals(asset, inputTokens)] };
  }
  ledger.countInput(asset, inputTokens, run.cost);
  return undefined;
}

function hasRoom({ minute, day }: Scope, inputTokens: number): boolean {
  return (
    minute.hasRoomForRequest() &&
    day.hasRoomForRequest() &&
    minute.hasRoomForTokens(inputTokens) &&
    day.hasRoomForTokens(inputTokens)
  );
}

function* refusals(scope: Scope, inputTokens: number): Generator<LimitRefusal> {
  for (const [window, requests, tokens] of [
    [scope.minute, "rpm", "tpm"],
    [scope.day, "rpd", "tpd"],
  ] as const) {
    if (!window.hasRoomForRequest()) {
      yield refusal(scope, window, requests, window.limits.requests, window.requestCount, 1);
    }
    if (!window.hasRoomForTokens(inputTokens)) {
      yield refusal(
        scope,
        window,
        tokens,
        window.limits.tokens,
        window.tokenCount,
        window.knownCost(inputTokens),
      );
    }
  }
}

function refusal(
  scope: Scope,
  window: Window,
  limit: LimitName,
  value: number | null,
  used: number,
  requested: number,
): LimitRefusal {
  return {
    scope: scope.assetId === null ? "global" : "asset",
    assetId: scope.assetId,
    limit,
    value: value ?? 0,
    used,
    requested,
    freesAt: window.freesAt,
  };
}
