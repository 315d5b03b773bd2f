import { randomBytes } from "node:crypto";
import { RateLimiterMemory, RateLimiterUnion } from "rate-limiter-flexible";
import { Account } from "../../emulator/src/account/account";
import type { ApiKey, ApiKeyDeclaration } from "../../emulator/src/account/api-key";
import type { Limits } from "../../emulator/src/account/limits";
import { defaultCatalogue } from "../../emulator/src/runs/catalogue";
import { admit } from "../../emulator/src/runs/enforcement";
import { admitRun } from "../../emulator/src/runs/run";
import { countTokens } from "../../emulator/src/runs/tokenizer";
import { BenchError } from "../errors";
import { interleaved } from "./interleaved";
import type { CostByAccount, DecisionCosts } from "./model";

const [MODEL] = defaultCatalogue;
const HIGH: Limits = { tpm: 1e12, tpd: 1e12, rpm: 1e12, rpd: 1e12, tokenType: "total" };
const INPUT = { texts: ["What limits does this key have?"], maxTokens: 16, stream: false };
const KNOWN = { inputTokens: 7, cost: 7 };

const declare = (index: number, models: number): ApiKeyDeclaration => ({
  name: `key-${index}`,
  budget: 1e6,
  globalLimits: HIGH,
  assetsLimits: Array.from({ length: models }, (_, at) => ({
    assetId: at === 0 ? model().id : `model-${at}`,
    ...HIGH,
  })),
  expiresAt: Date.UTC(2035, 0, 31),
});

function model() {
  if (MODEL === undefined) throw new BenchError("the catalogue is empty");
  return MODEL;
}

class BusyAccount {
  private readonly run: ApiKey[];
  private readonly account: Account;
  private turn = 0;

  constructor(active: number, idle: number, limitsOnIdle: number) {
    const hex = (bytes: number) => () => randomBytes(bytes).toString("hex");
    const options = { clock: Date, ids: hex(12), accessKeys: hex(32), maxKeys: active + idle };
    this.account = new Account(options);
    this.run = Array.from({ length: active }, (_, index) => this.account.create(declare(index, 1)));
    for (let index = 0; index < idle; index += 1) this.account.create(declare(active + index, limitsOnIdle));
  }

  /** Caller, expiry, budget and all eight counters. */
  decide(): void {
    const now = Date.now();
    const caller = this.caller(now);
    const refusal = admit(
      this.account.ledger(caller.id),
      { assetId: model().id, ...KNOWN },
      caller.budget,
      now,
    );
    if (refusal !== undefined) throw new BenchError("a run was refused");
  }

  wholeRun(): void {
    const now = Date.now();
    const caller = this.caller(now);
    const run = admitRun(this.account, caller, model(), INPUT, countTokens, now, "request");
    this.account.ledger(caller.id).countOutput(run.assetId, run.outputTokens, run.outputCost, now);
    if (JSON.stringify(run.answer).length === 0) throw new BenchError("a run has no answer");
  }

  private caller(now: number): ApiKey {
    this.turn = (this.turn + 1) % this.run.length;
    const caller = this.account.findByAccessKey(this.run[this.turn]?.accessKey ?? "", now);
    if (caller === undefined) throw new BenchError("a key is unknown");
    return caller;
  }
}

/** Eight counters of the peer, combined in its own way. */
function unionOfEight(): RateLimiterUnion {
  const limiter = (_: unknown, index: number): RateLimiterMemory =>
    new RateLimiterMemory({
      keyPrefix: `counter-${index}`,
      points: 1e12,
      duration: index % 2 === 0 ? 60 : 86_400,
    });
  return new RateLimiterUnion(...Array.from({ length: 8 }, limiter));
}

export async function measureDecisions(rounds: number): Promise<DecisionCosts> {
  const account = new BusyAccount(1, 0, 0);
  const union = unionOfEight();
  const times = await interleaved(
    [
      { name: "emulator", once: () => account.decide() },
      { name: "rate-limiter-flexible", once: () => union.consume("key") },
    ],
    rounds,
  );
  return {
    emulator: times.get("emulator") ?? Number.NaN,
    rateLimiterFlexible: times.get("rate-limiter-flexible") ?? Number.NaN,
  };
}

/** Accounts that differ only in their unused keys. */
const ACCOUNTS: readonly [active: number, idle: number, limitsOnOthers: number][] = [
  [10, 0, 0],
  [10, 90, 2],
  [10, 990, 2],
  [10, 9_990, 2],
  [10, 990, 0],
  [10, 990, 100],
];

/** The cost of a run by the number of other keys and their limits. */
export async function measureCosts(rounds: number): Promise<CostByAccount[]> {
  const accounts = ACCOUNTS.map(([active, idle, limitsOnOthers], index) => ({
    keys: active + idle,
    limitsOnOthers,
    name: String(index),
    account: new BusyAccount(active, idle, limitsOnOthers),
  }));
  const decisions = await interleaved(
    accounts.map(({ name, account }) => ({ name, once: () => account.decide() })),
    rounds,
  );
  const runs = await interleaved(
    accounts.map(({ name, account }) => ({ name, once: () => account.wholeRun() })),
    rounds,
  );
  return accounts.map(({ keys, limitsOnOthers, name }) => ({
    keys,
    limitsOnOthers,
    decision: decisions.get(name) ?? Number.NaN,
    run: runs.get(name) ?? Number.NaN,
  }));
}
