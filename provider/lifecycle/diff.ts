import { boostOf, inForce } from "../core/boost";
import { type Change, compare, describeChanges, POLICY } from "../core/diff";
import { isPast } from "../core/expiry";
import { type ApiKeyState, AUTO_NAME, OPTIONS, type PreviewInputs } from "../core/model";
import { declaredModels } from "../core/model-ids";
import { isNamed } from "../core/property-path";
import { asLive, readState, recall, spellings } from "../core/state";
import { demandGone } from "./absence";
import { markBoosted } from "./boost";
import { type Context, resolveModels } from "./context";
import { LeftNameError } from "./errors";
import { observe } from "./observe";
import { tellOfSuspension } from "./suspension";

export interface DiffResult {
  readonly changes: boolean;
  /** Properties that make the engine replace the key instead of updating it. */
  readonly replaces: readonly string[];
  /** Whether the old key has to go before the new one can come: two keys cannot share a fixed name. */
  readonly deleteBeforeReplace: boolean;
  /** Every property that is not as declared, for the front door that can show them. */
  readonly detail: readonly Change[];
}

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

/** Tells that a boost is over: what comes back by this update. */
function tellOfEnd(context: Context, name: string, detail: readonly Change[], news: PreviewInputs): void {
  const boost = boostOf(news, context.now());
  const back = detail.filter(({ property }) => property === "globalLimits" || property === "assetLimits");
  if (!boost?.isOver || back.length === 0) return;
  const { secrets = [] } = news[OPTIONS] ?? {};
  context.report(
    `The boost of the key ${JSON.stringify(name)} ended on ${boost.until}. This update sets the ordinary limits: ${describeChanges(back, secrets)}.`,
  );
}

/** What becomes of the old key of a replacement, where its policy has it stay. @throws LeftNameError */
function tellOfOldKey(context: Context, id: string, state: ApiKeyState, news: PreviewInputs): void {
  const { deletionPolicy: policy = "delete", name } = state;
  if (policy === "delete") return;
  if (news[AUTO_NAME] === undefined && news.name === name) throw new LeftNameError(id, name, policy);
  const how = policy === "expire" ? "and expires at the next midnight UTC" : "as it is";
  context.report(
    `The key ${JSON.stringify(name)} (${id}) is replaced, and stays on the platform ${how}: its deletionPolicy is ${JSON.stringify(policy)}.`,
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
  const shown = context.driftCheck ? await observe(context, id) : undefined;
  if (context.driftCheck && shown === undefined) return vanished(context, id, state, news);
  const live = shown && recall(shown, state);
  const actual = live ?? asLive(state);
  const ids = await resolveModels(context, declaredModels(news), spellings(state).ids);
  const heeded = ({ path }: Change): boolean => !isNamed(path, ignoreChanges);
  const wanted = compare(actual, inForce(news, context.now()), ids).filter(heeded);
  const detail = markBoosted(context, wanted, actual, news, ids);
  const drift = live ? compare(asLive(state), live, ids).filter(heeded) : [];
  reportDrift(context, `${JSON.stringify(state.name)} (${id})`, drift, detail, secrets);
  tellOfEnd(context, state.name, detail, news);
  await tellOfSuspension(context, id, state, { expiresAt: news.expiresAt }, detail);
  const replaces = [
    ...new Set(
      detail.flatMap(({ path, property, boosted }) =>
        !boosted && (POLICY[property] === "replace" || isNamed(path, replaceOnChanges)) ? [property] : [],
      ),
    ),
  ];
  if (replaces.length > 0) {
    tellOfOldKey(context, id, state, news);
    context.stack.replaces(news.name);
  }
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
  const { expiresAt, suspended } = state;
  if (expiresAt !== undefined && isPast(expiresAt, context.now()) && news.expiresAt === expiresAt) {
    context.report(
      `The key ${name} (${id}) expired on ${expiresAt}, and the platform does not have it any more. Nothing is changed. Remove the resource, or set a later expiresAt to create the key anew.`,
    );
    return { changes: false, replaces: [], deleteBeforeReplace: false, detail: [] };
  }
  await demandGone(context, id, state);
  if (suspended && news.suspended === true) {
    context.report(
      `The key ${name} (${id}) is suspended, and the platform does not have it any more, so it cannot come back with its access key. Nothing is changed. Remove the resource, or suspended to create the key anew.`,
    );
    return { changes: false, replaces: [], deleteBeforeReplace: false, detail: [] };
  }
  context.report(
    `Drift: the key ${name} (${id}) was deleted outside of Pulumi. It will be created anew, with a new access key: hand that one to whoever uses the old one.`,
  );
  // Whoever has its name now is another key: an orphan of an earlier run, or somebody else's.
  context.stack.gaveUp(state.name);
  context.stack.replaces(news.name);
  // The old name is free, so the new key need not wait for the deletion of what is gone.
  return { changes: true, replaces: ["accessKey"], deleteBeforeReplace: false, detail: [] };
}
