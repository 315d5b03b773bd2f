import { NotFoundError } from "../api/errors";
import type { LiveKey } from "../core/model";
import type { Context } from "./context";

/**
 * The key as the platform has it; `undefined` where it is certainly gone. A list can lack a key for a moment, so that
 * its absence there is confirmed by asking for the key itself.
 */
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
