import { ACCOUNT, type ApiKeyState } from "../core/model";
import type { Context } from "./context";
import { UnprovenAbsenceError } from "./errors";

/**
 * Demands that a key which the platform does not show is gone. Absence proves something only in the account that the
 * state has the key in: with another account's admin key, or at another backend, every key of the stack is absent.
 * @throws UnprovenAbsenceError where this is another account, or the state does not say which it is
 */
export async function demandGone(context: Context, id: string, state: ApiKeyState): Promise<void> {
  const here = await context.account.identity();
  const recorded = state[ACCOUNT];
  if (here.isThatOf(recorded) || context.accountId === here.text) return;
  const error = new UnprovenAbsenceError(id, state.name, here.text, recorded);
  context.doubts.push(error);
  throw error;
}
