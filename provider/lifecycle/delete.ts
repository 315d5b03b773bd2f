import { NotFoundError, UnexpectedAnswerError } from "../api/errors";
import { readState } from "../core/state";
import { demandGone } from "./absence";
import { type Context, protection } from "./context";
import { ProtectedKeyError } from "./errors";

/** Whether the key does not exist: a 404 of the platform, or any 404 that the list confirms. */
async function isGone(context: Context, id: string, error: unknown): Promise<boolean> {
  if (error instanceof NotFoundError) return true;
  if (!(error instanceof UnexpectedAnswerError) || error.status !== 404) return false;
  return !(await context.account.freshKeys()).has(id);
}

/**
 * Deletes a key. Succeeds if it does not exist in the account that the state records.
 * @throws UnprovenAbsenceError if it is missing and this may be another account
 */
export async function remove(context: Context, id: string, props: unknown): Promise<void> {
  const state = readState(props);
  context.redactor.add(state.accessKey);
  context.stack.holds(state.name, id);
  const live = (await context.account.keys()).get(id)?.live();
  const why = live && protection(context, live);
  if (why !== undefined) throw new ProtectedKeyError(id, "deleted", why);
  try {
    await context.keys.delete(id);
  } catch (error) {
    if (!(await isGone(context, id, error))) throw error;
    await demandGone(context, id, state);
  }
  context.account.removed(id);
}
