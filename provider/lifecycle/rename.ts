import type { ListedKey } from "../api/api-keys";
import type { LiveKey } from "../core/model";
import { NAME_MAX } from "../core/name";
import { type Context, protection } from "./context";

/** Until the key's own update gives it the declared name. */
const interimName = (name: string, id: string): string =>
  `${name.slice(0, NAME_MAX - id.length - 12).replace(/\p{Cs}$/u, "")} (renaming ${id})`.slice(-NAME_MAX);

/**
 * Frees a name that another key of this program needs, if the same update renames its holder: two resources can then
 * swap names in any order. Call it in a turn of `context.renames`.
 * @returns whether the name is free now
 */
export async function giveWay(context: Context, holder: ListedKey, name: string): Promise<boolean> {
  const planned = await context.stack.plannedSoon(holder.id);
  if (planned === undefined || planned === name) return false;
  // Its own update has already freed the name.
  if (context.stack.isUpdated(holder.id)) return true;
  const live = holder.live();
  if (protection(context, live) !== undefined) return false;
  context.account.wrote(await rename(context, live, interimName(name, holder.id)));
  return true;
}

/** The platform accepts whole keys only. */
const rename = (context: Context, live: LiveKey, name: string): Promise<LiveKey> => {
  const { id, accessKeyHint: _, isAdmin: __, ...declared } = live;
  return context.keys.update(id, { ...declared, name }, new Map());
};
