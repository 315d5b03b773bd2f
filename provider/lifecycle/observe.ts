import { NotFoundError } from "../api/errors";
import type { LiveKey } from "../core/model";
import type { Context } from "./context";

/** The live key, or `undefined` if it certainly does not exist. A list may lag, so a missing key is requested by id. */
export async function observe(context: Context, id: string): Promise<LiveKey | undefined> {
  const listed = (await context.account.keys()).get(id);
  if (listed) return listed.live();
  try {
    const live = await context.keys.get(id);
    context.account.wrote(live);
    return live;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    context.account.removed(id);
    return undefined;
  }
}
