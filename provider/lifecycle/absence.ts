import { ACCOUNT, type ApiKeyState } from "../core/model";
import type { Context } from "./context";
import { OtherAccountError, UnprovenAbsenceError } from "./errors";

/**
 * Proves that a missing key was deleted. With the admin key of another account every key is missing, so absence counts
 * only in the account that the state records.
 * @throws UnprovenAbsenceError in another account, or if the state records none
 */
export async function demandGone(context: Context, id: string, state: ApiKeyState): Promise<void> {
  const here = await context.account.identity();
  const recorded = state[ACCOUNT];
  if (here.isThatOf(recorded) || context.accountId === here.text) return;
  const error = new UnprovenAbsenceError(id, state.name, here.text, recorded);
  context.doubts.push(error);
  throw error;
}

/**
 * Keeps new keys out of every account but the one that the settings name, if they do.
 * @throws OtherAccountError
 */
export async function demandAccount(context: Context, name: string): Promise<void> {
  const { accountId } = context;
  if (accountId === undefined) return;
  const here = await context.account.identity();
  if (!here.isThatOf(accountId)) throw new OtherAccountError(name, here.text, accountId);
}
