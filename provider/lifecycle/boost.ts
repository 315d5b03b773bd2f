import { boostOf, inForce } from "../core/boost";
import { type Change, compare, describeChanges } from "../core/diff";
import type { ApiKeyDeclaration, PreviewInputs } from "../core/model";
import { isUnknown } from "../core/unknown";
import type { Context } from "./context";

const withLimits = (secrets: readonly string[]): readonly string[] =>
  secrets.some((each) => each.startsWith("boost")) ? [...secrets, "globalLimits", "assetLimits"] : secrets;

const raisedBy = (inputs: PreviewInputs, now: number): readonly Change[] =>
  compare(inputs as ApiKeyDeclaration, inForce(inputs, now)).filter(({ to }) => !isUnknown(to));

export function reportBoost(context: Context, inputs: PreviewInputs, secrets: readonly string[]): void {
  const boost = boostOf(inputs, context.now());
  if (!boost) return;
  const key = JSON.stringify(inputs.name);
  if (boost.isOver) {
    context.report(
      `Warning: the key ${key}: boost.until is ${boost.until}, which has passed. Remove the boost: it has no effect.`,
    );
    return;
  }
  const raised = describeChanges(raisedBy(inputs, context.now()), withLimits(secrets));
  context.report(
    `The key ${key} has higher limits until ${boost.until}, by its boost (ordinary -> now): ${raised || "not known yet"}. The first update on or after that day restores the ordinary limits.`,
  );
}

export function markBoosted(
  context: Context,
  detail: readonly Change[],
  actual: ApiKeyDeclaration,
  inputs: PreviewInputs,
  ids: ReadonlyMap<string, string>,
): readonly Change[] {
  if (inputs.boost === undefined || boostOf(inputs, context.now())?.isOver) return detail;
  const { boost: _, ...ordinary } = inputs;
  const plain = compare(actual, ordinary as PreviewInputs, ids);
  return detail.map((change) =>
    plain.some(({ path, to }) => path === change.path && to === change.to)
      ? change
      : { ...change, boosted: true },
  );
}
