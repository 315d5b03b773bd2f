import { NotFoundError } from "../api/errors";
import { readState } from "../core/state";
import { type Context, protection } from "./context";
import { ProtectedKeyError } from "./errors";

/** Deletes a key. One that is gone already is a success. */
export async function remove(context: Context, id: string, props: unknown): Promise<void> {
  context.redactor.add(readState(props).accessKey);
  const live = (await context.account.keys()).get(id);
  const why = live && protection(context, live);
  if (why !== undefined) throw new ProtectedKeyError(id, "deleted", why);
  try {
    await context.keys.delete(id);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  context.account.removed(id);
}
