import type { Account } from "../account/account.js";
import type { ApiKey } from "../account/api-key.js";
import { ApiError } from "../errors.js";
import { type CatalogueModel, nanoPerToken } from "./catalogue.js";
import { admit, type LimitRefusal, NANO, type Refusal } from "./enforcement.js";
import { NATURAL_LENGTH, writeOutput } from "./output.js";
import { countInput, type RunInput } from "./run-input.js";
import type { TokenCounter } from "./tokenizer.js";

/** A finished run. SDK v2 reads `details` as messages; v1 and v2 pass `asset` on. */
export interface RunAnswer {
  status: "SUCCESS";
  completed: true;
  data: string;
  usedCredits: number;
  runTime: number;
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
  details: {
    index: number;
    message: { role: string; content: string };
    logprobs: null;
    finish_reason: string;
  }[];
  asset: { assetId: string; id: string };
  requestId: string;
}

/** An admitted run. Its output is not counted yet. */
export interface AdmittedRun {
  answer: RunAnswer;
  assetId: string;
  outputTokens: number;
  outputCost: number;
}

/** Admits a run or throws. The caller counts the output with the answer. */
export function admitRun(
  account: Account,
  key: ApiKey,
  model: CatalogueModel,
  input: RunInput,
  countTokens: TokenCounter,
  now: number,
  requestId: string,
): AdmittedRun {
  const inputTokens = countInput(input, countTokens);
  const inputCost = inputTokens * nanoPerToken(model.inputPrice);
  const run = { assetId: model.id, inputTokens, cost: inputCost };
  const refusal = admit(account.ledger(key.id), run, key.budget, now);
  if (refusal !== undefined) throw toError(refusal, key, now);
  const outputTokens = Math.min(input.maxTokens ?? NATURAL_LENGTH, NATURAL_LENGTH);
  const data = writeOutput(outputTokens, `${model.id} ${input.texts[0] ?? ""}`);
  const outputCost = outputTokens * nanoPerToken(model.outputPrice);
  const isWhole = outputTokens === NATURAL_LENGTH;
  const answer: RunAnswer = {
    status: "SUCCESS",
    completed: true,
    data,
    usedCredits: (inputCost + outputCost) / NANO,
    runTime: 0,
    usage: {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    },
    details: [
      {
        index: 0,
        message: { role: "assistant", content: data },
        logprobs: null,
        finish_reason: isWhole ? "stop" : "length",
      },
    ],
    asset: { assetId: model.id, id: model.id },
    requestId,
  };
  return { answer, assetId: model.id, outputTokens, outputCost };
}

/** Written piece by piece, in a third of the time of a general serialiser. */
export function serializeRun({
  data,
  usedCredits,
  runTime,
  usage,
  details,
  asset,
  requestId,
}: RunAnswer): string {
  const content = JSON.stringify(data);
  const assetId = JSON.stringify(asset.id);
  // Joined, because the chain of strings that `+` leaves has to be flattened later.
  return [
    '{"status":"SUCCESS","completed":true,"data":',
    content,
    ',"usedCredits":',
    usedCredits,
    ',"runTime":',
    runTime,
    ',"usage":{"prompt_tokens":',
    usage.prompt_tokens,
    ',"completion_tokens":',
    usage.completion_tokens,
    ',"total_tokens":',
    usage.total_tokens,
    '},"details":[{"index":0,"message":{"role":"assistant","content":',
    content,
    '},"logprobs":null,"finish_reason":"',
    details[0]?.finish_reason,
    '"}],"asset":{"assetId":',
    assetId,
    ',"id":',
    assetId,
    '},"requestId":',
    JSON.stringify(requestId),
    "}",
  ].join("");
}

const WORDS_OF: Record<LimitRefusal["limit"], string> = {
  tpm: "tokens per minute",
  tpd: "tokens per day",
  rpm: "requests per minute",
  rpd: "requests per day",
};

function toError(refusal: Refusal, key: ApiKey, now: number): ApiError {
  if (refusal.kind === "budget") {
    const spent = refusal.spent / NANO;
    return new ApiError(402, `The budget of ${key.budget} credits is used up: ${spent} spent`, {
      budget: { value: key.budget, spent, requested: refusal.cost / NANO },
    });
  }
  // The last limit to free comes first.
  const limits = [...refusal.limits].sort((a, b) => b.freesAt - a.freesAt).map(describe);
  const [last] = limits;
  const seconds = Math.max(1, Math.ceil((Date.parse(last?.freesAt ?? "") - now) / 1000));
  const text = limits.map((limit) => limit.message).join("; ");
  return new ApiError(
    429,
    `Rate limit exceeded: ${text}`,
    { limit: last, limits },
    { "retry-after": `${seconds}` },
  );
}

function describe(limit: LimitRefusal): Omit<LimitRefusal, "freesAt"> & { freesAt: string; message: string } {
  const freesAt = new Date(limit.freesAt).toISOString();
  const whose = limit.scope === "global" ? "of the key as a whole" : `of model ${limit.assetId}`;
  const message =
    `${WORDS_OF[limit.limit]} (${limit.limit}) ${whose}: ${limit.used} of ${limit.value} used, ` +
    `${limit.requested} requested, available again at ${freesAt}`;
  return { ...limit, freesAt, message };
}
