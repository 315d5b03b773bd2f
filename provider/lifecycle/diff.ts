import { boostOf, inForce } from "../core/boost";
import { type Change, compare, describeChanges, replacesKey } from "../core/diff";
import { isPast } from "../core/expiry";
import { type ApiKeyState, AUTO_NAME, type DeletionPolicy, OPTIONS, type PreviewInputs } from "../core/model";
import { declaredModels } from "../core/model-ids";
import { isNamed } from "../core/property-path";
import { asLive, readState, spellings, withUnsent } from "../core/state";
import { demandGone } from "./absence";
import { markBoosted } from "./boost";
import { type Context, resolveModels } from "./context";
import { LeftNameError } from "./errors";
import { observe } from "./observe";
import { reportSuspension } from "./suspension";
import { warnOfUse } from "./use-warnings";

export interface DiffResult {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  /** Two keys cannot share a fixed name. */
  readonly deleteBeforeReplace: boolean;
  /** Every difference, for a front door with detailed diffs. */
  readonly detail: readonly Change[];
}

/**
 * Reports drift, which a dynamic provider cannot show in the diff. If the live key already matches the program (an
 * update lost its answer), only the state needs the update.
 */
function reportDrift(
  context: Context,
  key: string,
  drift: readonly Change[],
  detail: readonly Change[],
  secrets: readonly string[],
): void {
  if (drift.length === 0) return;
  const changes = describeChanges(drift, secrets);
  context.report(
    detail.length > 0
      ? `Drift: the key ${key} was changed outside of Pulumi: ${changes}`
      : `The key ${key} already matches the program, but Pulumi's state does not (${changes}). The update corrects the state.`,
  );
}

function reportBoostEnd(
  context: Context,
  name: string,
  detail: readonly Change[],
  news: PreviewInputs,
): void {
  const boost = boostOf(news, context.now());
  const back = detail.filter(({ property }) => property === "globalLimits" || property === "assetLimits");
  if (!boost?.isOver || back.length === 0) return;
  const { secrets = [] } = news[OPTIONS] ?? {};
  context.report(
    `The boost of the key ${JSON.stringify(name)} ended on ${boost.until}. This update restores the ordinary limits: ${describeChanges(back, secrets)}.`,
  );
}

/**
 * Reports the old key of a replacement if its deletion policy leaves it. `name` is its name on the platform.
 * @throws LeftNameError
 */
function reportOldKey(
  context: Context,
  id: string,
  name: string,
  policy: DeletionPolicy,
  news: PreviewInputs,
): void {
  if (policy === "delete") return;
  if (news[AUTO_NAME] === undefined && news.name === name) throw new LeftNameError(id, name, policy);
  const how = policy === "expire" ? "and expires at the next midnight UTC" : "as it is";
  context.report(
    `The key ${JSON.stringify(name)} (${id}) is replaced but stays on the platform ${how}: its deletionPolicy is ${JSON.stringify(policy)}.`,
  );
}

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
  const shown = context.driftCheck ? await observe(context, id) : undefined;
  if (context.driftCheck && shown === undefined) return vanished(context, id, state, news);
  const live = shown && withUnsent(shown, state);
  const actual = live ?? asLive(state);
  const ids = await resolveModels(context, declaredModels(news), spellings(state).ids);
  const heeded = ({ path }: Change): boolean => !isNamed(path, ignoreChanges);
  const wanted = compare(actual, inForce(news, context.now()), ids).filter(heeded);
  const detail = markBoosted(context, wanted, actual, news, ids);
  const drift = live ? compare(asLive(state), live, ids).filter(heeded) : [];
  reportDrift(context, `${JSON.stringify(state.name)} (${id})`, drift, detail, secrets);
  reportBoostEnd(context, state.name, detail, news);
  await reportSuspension(context, id, state, { expiresAt: news.expiresAt }, detail);
  const replaces = [
    ...new Set(
      detail.flatMap((change) =>
        !change.boosted && (replacesKey(change) || isNamed(change.path, replaceOnChanges))
          ? [change.property]
          : [],
      ),
    ),
  ];
  if (replaces.length > 0) {
    reportOldKey(context, id, live?.name ?? state.name, state.deletionPolicy ?? "delete", news);
    context.stack.recordReplacement(news.name);
  }
  // Never create the replacement in another account, even without the drift check.
  if (!context.driftCheck && replaces.length > 0 && !(await observe(context, id))) {
    await demandGone(context, id, state);
  }
  // A replacement starts without usage.
  if (replaces.length === 0)
    await warnOfUse(context, id, { name: state.name, inputs: news, ids, detail, secrets });
  const deleteBeforeReplace = news[AUTO_NAME] === undefined;
  return { changes: detail.length + drift.length > 0, replaces, deleteBeforeReplace, detail };
}

async function vanished(
  context: Context,
  id: string,
  state: ApiKeyState,
  news: PreviewInputs,
): Promise<DiffResult> {
  const name = JSON.stringify(state.name);
  const { expiresAt, suspended } = state;
  if (expiresAt !== undefined && isPast(expiresAt, context.now()) && news.expiresAt === expiresAt) {
    context.report(
      `The key ${name} (${id}) expired on ${expiresAt}, and no longer exists on the platform. Nothing is changed. Remove the resource, or set a later expiresAt to create the key again.`,
    );
    return { changes: false, replaces: [], deleteBeforeReplace: false, detail: [] };
  }
  await demandGone(context, id, state);
  if (suspended && news.suspended === true) {
    context.report(
      `The key ${name} (${id}) is suspended and no longer exists on the platform, so it cannot work again with its access key. Nothing is changed. Remove the resource, or remove suspended to create a new key.`,
    );
    return { changes: false, replaces: [], deleteBeforeReplace: false, detail: [] };
  }
  context.report(
    `Drift: the key ${name} (${id}) was deleted outside of Pulumi. It will be created again with a new access key. Give that key to everybody who uses the old one.`,
  );
  // Any key with this name is now another key.
  context.stack.gaveUp(state.name);
  context.stack.recordReplacement(news.name);
  // The old name is free, so the replacement need not wait.
  return { changes: true, replaces: ["accessKey"], deleteBeforeReplace: false, detail: [] };
}
