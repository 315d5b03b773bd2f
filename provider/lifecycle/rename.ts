import type { ListedKey } from "../api/api-keys";
import type { LiveKey } from "../core/model";
import { NAME_MAX } from "../core/name";
import { type Context, protection } from "./context";

/** The name of a key that gave way, until its own update gives it the declared one. */
const interimName = (name: string, id: string): string =>
  `${name.slice(0, NAME_MAX - id.length - 12).replace(/\p{Cs}$/u, "")} (renaming ${id})`.slice(-NAME_MAX);

/**
 * Makes a key give up a name that another key of the same program is to have. Only a key of this stack that the same
 * update renames does: two resources can swap their names then, in whichever order the engine takes them. Runs in a turn of
 * `context.renames`.
 * @returns whether the name is free now
 */
export async function giveWay(context: Context, holder: ListedKey, name: string): Promise<boolean> {
  const planned = await context.stack.plannedSoon(holder.id);
  if (planned === undefined || planned === name) return false;
  // Its own update has given the name up meanwhile: whoever saw it before must not push it aside now.
  if (context.stack.isUpdated(holder.id)) return true;
  const live = holder.live();
  if (protection(context, live) !== undefined) return false;
  context.account.wrote(await rename(context, live, interimName(name, holder.id)));
  return true;
}

/** A full write of the key as it is, under another name: the platform takes whole keys only. */
const rename = (context: Context, live: LiveKey, name: string): Promise<LiveKey> => {
  const { id, accessKeyHint: _, isAdmin: __, ...declared } = live;
  return context.keys.update(id, { ...declared, name }, new Map());
};
