import { boostOf, inForce } from "../core/boost";
import { type Change, compare, describeChanges } from "../core/diff";
import type { ApiKeyDeclaration, PreviewInputs } from "../core/model";
import { isUnknown } from "../core/unknown";
import type { Context } from "./context";

/** The limits, hidden where those of the boost are. */
const withLimits = (secrets: readonly string[]): readonly string[] =>
  secrets.some((each) => each.startsWith("boost")) ? [...secrets, "globalLimits", "assetLimits"] : secrets;

/** Which limits a boost raises now, as far as they are known. */
const raisedBy = (inputs: PreviewInputs, now: number): readonly Change[] =>
  compare(inputs as ApiKeyDeclaration, inForce(inputs, now)).filter(({ to }) => !isUnknown(to));

/** Tells of limits that hold for a time: which, until when, and what comes back. */
export function tellOfBoost(context: Context, inputs: PreviewInputs, secrets: readonly string[]): void {
  const boost = boostOf(inputs, context.now());
  if (!boost) return;
  const key = JSON.stringify(inputs.name);
  if (boost.isOver) {
    context.report(
      `Warning: the key ${key}: boost.until is ${boost.until}, which has passed: the boost has no effect, and the ordinary limits hold. Remove it.`,
    );
    return;
  }
  const raised = describeChanges(raisedBy(inputs, context.now()), withLimits(secrets));
  context.report(
    `The key ${key} has higher limits until ${boost.until}, by its boost (ordinary -> now): ${raised || "not known yet"}. The first update from that day on sets the ordinary ones.`,
  );
}

/** Marks changes that a boost makes: the declaration itself has another value there. */
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
