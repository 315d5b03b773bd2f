import { inForce } from "../core/boost";
import { checkDeclaration, isFullyKnown } from "../core/check";
import { compare, describeChanges } from "../core/diff";
import { DeclarationError } from "../core/errors";
import type { ApiKeyInputs, ApiKeyState, LiveKey } from "../core/model";
import type { ModelIds } from "../core/model-ids";
import { toState, withUnsent } from "../core/state";
import { type Context, resolveModels } from "./context";
import { PartialError } from "./errors";

/** A declaration without placeholders, with all models resolved. */
export interface Desired {
  /** With the limits of a boost that has not ended. */
  readonly inputs: ApiKeyInputs;
  readonly ids: ModelIds;
  readonly account: string;
}

/** The inputs come back from the engine, so they are checked again. */
export async function prepare(context: Context, news: unknown, remembered?: ModelIds): Promise<Desired> {
  const previous = typeof news === "object" && news !== null ? news : undefined;
  const outcome = checkDeclaration(news, { now: context.now(), previous });
  if (!outcome.ok) throw new DeclarationError(outcome.problems);
  const { inputs } = outcome;
  if (!isFullyKnown(inputs) || inputs.name === undefined) {
    throw new DeclarationError([{ property: "name", reason: "is still unknown during the update" }]);
  }
  const models = (inputs.assetLimits ?? []).map(({ model }) => model);
  const ids = await resolveModels(context, models, remembered);
  const { text: account } = await context.account.identity();
  return { inputs: inForce(inputs, context.now()), ids, account };
}

export function outputs(desired: Desired, live: LiveKey, accessKey: string | undefined): ApiKeyState {
  const models = (desired.inputs.assetLimits ?? []).map(({ model }) => model);
  const spelled = new Map(models.map((model) => [desired.ids.get(model) ?? model, model]));
  return toState(withUnsent(live, desired.inputs), spelled, accessKey, desired.account);
}

/** @throws PartialError with every property that the platform did not apply */
export function demandAsDeclared(desired: Desired, live: LiveKey, state: ApiKeyState): void {
  const ignored = compare(desired.inputs, withUnsent(live, desired.inputs), desired.ids);
  if (ignored.length === 0) return;
  throw new PartialError(live.id, state, [
    `the platform accepted the key ${JSON.stringify(live.name)} (${live.id}) but did not apply every property (sent -> answered): ${describeChanges(ignored)}. Run the update again to repair it. If the problem persists, declare what the platform answered`,
  ]);
}
