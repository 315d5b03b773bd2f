import { forbidden, notFound } from "../errors.js";
import type { CatalogueModel } from "../runs/catalogue.js";
import { tokensOf } from "../runs/output.js";
import { type AdmittedRun, admitRun, serializeRun } from "../runs/run.js";
import { parseRunInput } from "../runs/run-input.js";
import { type Answer, type Call, type Operation, ok } from "./operation.js";
import { toWireModel } from "./shapes.js";

export const getModelV1: Operation = (call) => ok(toWireModel(modelOf(call), "v1"));

export const getModelV2: Operation = (call) => ok(toWireModel(modelOf(call), "v2"));

/** The synchronous URL: returns the answer, unless the model only runs asynchronously. */
export const runSync: Operation = (call) => {
  const { run, model, stream } = begin(call);
  if (stream && model.supportsStreaming) return streamed(call, run);
  return model.connection === "asynchronous" ? background(call, run) : finished(call, run);
};

/** The URL of the SDK's `run_async`: always returns a poll URL. */
export const runAsync: Operation = (call) => {
  const { run, model, stream } = begin(call);
  return stream && model.supportsStreaming ? streamed(call, run) : background(call, run);
};

export const pollRun: Operation = ({ platform, caller, params, now }) => {
  const id = params.id ?? "";
  const run = platform.pendingRuns.find(id);
  if (run === undefined || (run.keyId !== caller.id && !caller.isAdmin))
    throw notFound(`Run ${platform.account.redaction.quote(id)}`);
  return ok(now < run.endsAt ? { status: "IN_PROGRESS", completed: false } : run.answer);
};

function modelOf({ platform, params }: Call): CatalogueModel {
  const idOrPath = params["*"] ?? params.id ?? "";
  const model = platform.catalogue.find(idOrPath);
  if (model === undefined) throw notFound(`Model ${platform.account.redaction.quote(idOrPath)}`);
  return model;
}

function begin(call: Call) {
  const { platform, caller, now } = call;
  if (caller.isAdmin) throw forbidden("An admin key manages keys and cannot run models: use a member key");
  const model = modelOf(call);
  const input = parseRunInput(call.body);
  const run = admitRun(
    platform.account,
    caller,
    model,
    input,
    platform.countTokens,
    now,
    platform.newRequestId(),
  );
  return { run, model, stream: input.stream };
}

function countNow({ platform: { account, clock }, caller }: Call, run: AdmittedRun): void {
  account.ledger(caller.id).countOutput(run.assetId, run.outputTokens, run.outputCost, clock.now());
}

function finished(call: Call, run: AdmittedRun): Answer {
  countNow(call, run);
  return { status: 200, body: run.answer, text: serializeRun(run.answer) };
}

/** Events for both SDK generations: the platform's envelope, then the end marker. */
function streamed(call: Call, run: AdmittedRun): Answer {
  countNow(call, run);
  const words = tokensOf(run.answer.data).map((data) => JSON.stringify({ status: "IN_PROGRESS", data }));
  return { status: 200, events: [...words, JSON.stringify({ ...run.answer, data: "" }), "[DONE]"] };
}

function background(call: Call, run: AdmittedRun): Answer {
  const { platform, caller, origin, now } = call;
  const { account, pendingRuns, settings } = platform;
  const runTime = settings.asyncRunMs / 1000;
  const id = settings.ids();
  const endsAt = now + settings.asyncRunMs;
  const { assetId, outputTokens, outputCost } = run;
  const ledger = account.ledger(caller.id);
  ledger.countOutputLater({ at: endsAt, assetId, outputTokens, cost: outputCost });
  ledger.settle(now);
  pendingRuns.add(id, { keyId: caller.id, endsAt, answer: { ...run.answer, runTime } });
  const url = `${origin()}/api/v1/data/${id}`;
  return ok({ status: "IN_PROGRESS", completed: false, data: url, url, requestId: run.answer.requestId });
}
