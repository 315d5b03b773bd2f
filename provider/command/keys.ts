import type { Connection } from "../api/connect";
import type { LiveKey } from "../core/model";
import { NoSuchKeyError } from "../lifecycle/errors";

/**
 * The keys of the account by name, without its admin keys; with `named`, only those with these ids or exact names.
 * @throws NoSuchKeyError if a name or an id belongs to no such key
 */
export async function chosenKeys({ keys }: Connection, named: readonly string[]): Promise<LiveKey[]> {
  const all = (await keys.list()).filter(({ isAdmin }) => !isAdmin);
  const missing = named.find((text) => !all.some(({ id, name }) => id === text || name === text));
  if (missing !== undefined) throw new NoSuchKeyError(missing);
  return all
    .filter(({ id, name }) => named.length === 0 || named.includes(id) || named.includes(name))
    .map((key) => key.live())
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
