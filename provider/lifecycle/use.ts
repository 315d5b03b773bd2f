import { happenedIn } from "../core/errors";
import { usedToday } from "../core/usage";
import type { Context } from "./context";

/** Today's usage (UTC) as a sentence. */
export async function usedTodayInWords(context: Context, id: string): Promise<string> {
  try {
    const { requests } = usedToday(await context.keys.usage(id, context.now()));
    return requests === 0 ? "It was not used today." : `It was used today (${requests} requests).`;
  } catch (error) {
    return `Its usage today could not be read (${happenedIn(error)}).`;
  }
}
