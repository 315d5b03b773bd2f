import { type Change, compare, describeChanges, POLICY } from "../core/diff";
import type { PreviewInputs } from "../core/model";
import { AUTO_NAME } from "../core/model";
import { asLive, readState, spellings } from "../core/state";
import { isUnknown } from "../core/unknown";
import { type Context, resolveModels } from "./context";
import { observe } from "./observe";

export interface DiffResult {
  readonly changes: boolean;
  /** Properties that make the engine replace the key instead of updating it. */
  readonly replaces: readonly string[];
  /** Whether the old key has to go before the new one can come: two keys cannot share a fixed name. */
  readonly deleteBeforeReplace: boolean;
  /** Every property that is not as declared, for the front door that can show them. */
  readonly detail: readonly Change[];
}

const declaredModels = (inputs: PreviewInputs): string[] => {
  const { assetLimits } = inputs;
  if (assetLimits === undefined || isUnknown(assetLimits)) return [];
  return assetLimits.flatMap((entry) => (isUnknown(entry) || isUnknown(entry.model) ? [] : [entry.model]));
};

/**
 * Tells the reviewer what a preview of a dynamic provider has no place for. Where the key is as declared all the same
 * (an update whose answer was lost, an edit that anticipated the program), only the state has to catch up.
 */
function reportDrift(
  context: Context,
  key: string,
  drift: readonly Change[],
  detail: readonly Change[],
): void {
  if (drift.length === 0) return;
  const told = describeChanges(drift);
  context.report(
    detail.length > 0
      ? `Drift: the key ${key} was changed outside of Pulumi: ${told}`
      : `The key ${key} is as declared, but not as Pulumi's state has it (${told}): the update brings the state up to date.`,
  );
}

/** Compares the declaration with the live key, not only with the last state. */
export async function diff(
  context: Context,
  id: string,
  olds: unknown,
  news: PreviewInputs,
): Promise<DiffResult> {
  const state = readState(olds);
  context.redactor.add(state.accessKey);
  if (state.name !== "") context.managedNames.add(state.name);
  const fixedName = news[AUTO_NAME] === undefined;
  const live = context.driftCheck ? await observe(context, id) : undefined;
  if (context.driftCheck && live === undefined) {
    context.report(
      `Drift: the key ${JSON.stringify(state.name)} (${id}) was deleted outside of Pulumi. It will be created anew, with a new access key: hand that one to whoever uses the old one.`,
    );
    // Whoever has its name now is another key: an orphan of an earlier run, or somebody else's.
    context.managedNames.delete(state.name);
    // The old name is free, so the new key need not wait for the deletion of what is gone.
    return { changes: true, replaces: ["accessKey"], deleteBeforeReplace: false, detail: [] };
  }
  const ids = await resolveModels(context, declaredModels(news), spellings(state).ids);
  const detail = compare(live ?? asLive(state), news, ids);
  const drift = live ? compare(asLive(state), live, ids) : [];
  reportDrift(context, `${JSON.stringify(state.name)} (${id})`, drift, detail);
  const replaces = [...new Set(detail.map(({ property }) => property))].filter(
    (each) => POLICY[each] === "replace",
  );
  return { changes: detail.length + drift.length > 0, replaces, deleteBeforeReplace: fixedName, detail };
}
