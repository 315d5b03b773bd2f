import { NotFoundError, UnexpectedAnswerError } from "../api/errors";
import { isPast } from "../core/expiry";
import { ACCOUNT, type ApiKeyState, type DeletionPolicy, type LiveKey } from "../core/model";
import { readState } from "../core/state";
import { nextMidnight } from "../core/usage";
import { demandGone } from "./absence";
import { type Context, protection } from "./context";
import { LeftNameError, ProtectedKeyError, ReplacedElsewhereError, UnprovenAbsenceError } from "./errors";
import { observe } from "./observe";

/** Whether the key does not exist: a 404 of the platform, or any 404 that the list confirms. */
async function isGone(context: Context, id: string, error: unknown): Promise<boolean> {
  if (error instanceof NotFoundError) return true;
  if (!(error instanceof UnexpectedAnswerError) || error.status !== 404) return false;
  return !(await context.account.freshKeys()).has(id);
}

/** Sets the expiry to the next midnight UTC, unless the key is suspended or expires earlier. */
async function expire(context: Context, live: LiveKey): Promise<string> {
  const { id, accessKeyHint: _, isAdmin: __, ...declared } = live;
  const midnight = nextMidnight(context.now()).slice(0, 10);
  if (live.suspended) return "It stays suspended";
  if (live.expiresAt !== undefined && isPast(live.expiresAt, Date.parse(midnight)))
    return `Its expiry, ${live.expiresAt}, stays what it is`;
  context.account.wrote(await context.keys.update(id, { ...declared, expiresAt: midnight }, new Map()));
  return `It expires on ${midnight} at midnight UTC and works until then`;
}

/**
 * Applies a deletion policy that leaves the key.
 * @throws LeftNameError if a new key would have the same name: with `--replace` and after a taint, Pulumi requests no diff
 */
async function leave(context: Context, live: LiveKey, policy: DeletionPolicy): Promise<void> {
  const { id, name } = live;
  if (context.stack.isDeclared(name)) {
    context.stack.refusedNames.add(name);
    throw new LeftNameError(id, name, policy);
  }
  const what = policy === "expire" ? await expire(context, live) : "It is unchanged";
  context.stack.left(id);
  context.report(
    `The key ${JSON.stringify(name)} (${id}) stays on the platform, by its deletionPolicy ${JSON.stringify(policy)}, and this stack no longer manages it. ${what}. To delete it, run npx pulumi-aixplain delete ${id}`,
  );
}

/** Proves that a missing key was deleted. @throws ReplacedElsewhereError where this run has replaced it in another account */
async function demandDeleted(context: Context, id: string, state: ApiKeyState): Promise<void> {
  const { name, [ACCOUNT]: recorded } = state;
  try {
    await demandGone(context, id, state);
  } catch (error) {
    const replacement = context.stack.createdNamed(name) ? await context.account.named(name) : undefined;
    if (!(error instanceof UnprovenAbsenceError) || recorded === undefined || !replacement) throw error;
    throw new ReplacedElsewhereError({ id, keyName: name, newId: replacement.id }, error, recorded);
  }
}

/**
 * Deletes a key, or leaves it if its deletion policy says so. Succeeds if it does not exist in the account that the
 * state records.
 * @throws UnprovenAbsenceError if it is missing and this may be another account
 */
export async function remove(context: Context, id: string, props: unknown): Promise<void> {
  const state = readState(props);
  const { deletionPolicy: policy = "delete" } = state;
  context.redactor.add(state.accessKey);
  context.stack.holds(state.name, id);
  // The adopter is another resource, or this one if a replacement creates first.
  if (context.stack.isAdopted(id)) {
    context.report(
      `The key ${JSON.stringify(state.name)} (${id}) is not deleted: a resource of this stack has adopted it in this run.`,
    );
    return;
  }
  // A list may lag: request the key by id, so that its policy is applied.
  const live =
    policy === "delete" ? (await context.account.keys()).get(id)?.live() : await observe(context, id);
  const why = live && protection(context, live);
  if (why !== undefined) throw new ProtectedKeyError(id, "deleted", why);
  try {
    if (policy === "delete") await context.keys.delete(id);
    else if (live) return await leave(context, live, policy);
    else await demandDeleted(context, id, state);
  } catch (error) {
    if (!(await isGone(context, id, error))) throw error;
    await demandDeleted(context, id, state);
  }
  context.account.removed(id);
  context.stack.recordDeletion(id, state.name);
}
