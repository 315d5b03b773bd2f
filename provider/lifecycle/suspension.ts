import type { Change } from "../core/diff";
import { isPast } from "../core/expiry";
import type { ApiKeyState } from "../core/model";
import type { Context } from "./context";
import { usedTodayInWords } from "./use";

/** Tells what a changed `suspended` stops, or brings back. */
export async function tellOfSuspension(
  context: Context,
  id: string,
  { name }: Pick<ApiKeyState, "name">,
  declared: { readonly expiresAt?: string | undefined },
  detail: readonly Change[],
): Promise<void> {
  const change = detail.find(({ path }) => path === "suspended");
  const key = `The key ${JSON.stringify(name)} (${id})`;
  const { expiresAt } = declared;
  if (change?.to === true) {
    const use = await usedTodayInWords(context, id);
    context.report(
      `${key} is suspended by this update: from then on the platform refuses its access key. ${use} Without suspended, the key works again, with the same access key, budget and limits.`,
    );
  } else if (change?.from === true && change.to === undefined) {
    const isOver = expiresAt !== undefined && isPast(expiresAt, context.now());
    context.report(
      isOver
        ? `${key} is not suspended any more after this update, but it expired on ${expiresAt}: set a later expiresAt to have it work again.`
        : `${key} works again after this update, with the same access key, budget and limits.`,
    );
  }
}
