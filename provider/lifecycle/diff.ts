import { type Change, compare, describeChanges, POLICY } from "../core/diff";
import { isPast } from "../core/expiry";
import { type ApiKeyState, AUTO_NAME, OPTIONS, type PreviewInputs } from "../core/model";
import { isNamed } from "../core/property-path";
import { asLive, readState, spellings } from "../core/state";
import { isUnknown } from "../core/unknown";
import { demandGone } from "./absence";
import { type Context, resolveModels } from "./context";
import { observe } from "./observe";
import { warnOfUse } from "./use-warnings";

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
  secrets: readonly string[],
): void {
  if (drift.length === 0) return;
  const told = describeChanges(drift, secrets);
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
  const { ignoreChanges = [], replaceOnChanges = [], secrets = [] } = news[OPTIONS] ?? {};
  context.redactor.add(state.accessKey);
  context.stack.holds(state.name, id);
  context.stack.plan(id, isNamed("name", ignoreChanges) ? state.name : news.name);
  const live = context.driftCheck ? await observe(context, id) : undefined;
  if (context.driftCheck && live === undefined) return vanished(context, id, state, news);
  const ids = await resolveModels(context, declaredModels(news), spellings(state).ids);
  const heeded = ({ path }: Change): boolean => !isNamed(path, ignoreChanges);
  const detail = compare(live ?? asLive(state), news, ids).filter(heeded);
  const drift = live ? compare(asLive(state), live, ids).filter(heeded) : [];
  reportDrift(context, `${JSON.stringify(state.name)} (${id})`, drift, detail, secrets);
  const replaces = [
    ...new Set(
      detail.flatMap(({ path, property }) =>
        POLICY[property] === "replace" || isNamed(path, replaceOnChanges) ? [property] : [],
      ),
    ),
  ];
  // A replacement has used nothing.
  if (replaces.length === 0)
    await warnOfUse(context, id, { name: state.name, inputs: news, ids, detail, secrets });
  const deleteBeforeReplace = news[AUTO_NAME] === undefined;
  return { changes: detail.length + drift.length > 0, replaces, deleteBeforeReplace, detail };
}

/** What becomes of a key that the platform does not have any more. */
async function vanished(
  context: Context,
  id: string,
  state: ApiKeyState,
  news: PreviewInputs,
): Promise<DiffResult> {
  const name = JSON.stringify(state.name);
  const { expiresAt } = state;
  if (expiresAt !== undefined && isPast(expiresAt, context.now()) && news.expiresAt === expiresAt) {
    context.report(
      `The key ${name} (${id}) expired on ${expiresAt}, and the platform does not have it any more. Nothing is changed. Remove the resource, or set a later expiresAt to create the key anew.`,
    );
    return { changes: false, replaces: [], deleteBeforeReplace: false, detail: [] };
  }
  await demandGone(context, id, state);
  context.report(
    `Drift: the key ${name} (${id}) was deleted outside of Pulumi. It will be created anew, with a new access key: hand that one to whoever uses the old one.`,
  );
  // Whoever has its name now is another key: an orphan of an earlier run, or somebody else's.
  context.stack.gaveUp(state.name);
  // The old name is free, so the new key need not wait for the deletion of what is gone.
  return { changes: true, replaces: ["accessKey"], deleteBeforeReplace: false, detail: [] };
}
