import type { Change } from "../core/diff";
import { isPast } from "../core/expiry";
import type { ApiKeyState } from "../core/model";
import type { Context } from "./context";
import { usedTodayInWords } from "./use";

export async function reportSuspension(
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
      `${key} will be suspended: the platform will refuse its access key. ${use} Remove suspended to make the key work again, with the same access key, budget and limits.`,
    );
  } else if (change?.from === true && change.to === undefined) {
    const isOver = expiresAt !== undefined && isPast(expiresAt, context.now());
    context.report(
      isOver
        ? `${key} will no longer be suspended, but it expired on ${expiresAt}: set a later expiresAt to make it work again.`
        : `${key} will work again, with the same access key, budget and limits.`,
    );
  }
}
