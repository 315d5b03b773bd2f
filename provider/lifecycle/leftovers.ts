import { autoName, autoNameStem, type NameSeed } from "../core/auto-name";
import type { Context } from "./context";
import { usedTodayInWords } from "./use";

/** How many names of a sequence are always looked up. */
const LOOKED_UP = 16;

interface Leftover {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
  /** The name of the resource's new key; absent if the resource already holds a key. */
  readonly besideNew: string | undefined;
  readonly use: Promise<string>;
}

/**
 * Looks for keys with automatic names of a resource, and reports those that no other resource turns out to hold at the
 * end of the run. `besideNew` is the name of the key to be created: with `pulumi up --replace`, the key found may be
 * the one to be replaced.
 */
export async function findLeftovers(
  context: Context,
  seed: NameSeed,
  own: string,
  besideNew: string | undefined,
  lookUp = LOOKED_UP,
): Promise<void> {
  // Usually there is none, and no hash is needed.
  if (!(await context.account.hasOtherLike(own, autoNameStem(seed.logicalName)))) return;
  const live = await context.account.names();
  for (let n = 0; n < Math.max(lookUp, LOOKED_UP); n += 1) {
    const name = autoName(seed.logicalName, seed.identity, n);
    const found = live.get(name);
    if (!found || name === own || context.stack.isOwn(found) || context.stack.reservedNames.has(name))
      continue;
    const leftover: Leftover = {
      id: found.id,
      name,
      resource: seed.logicalName,
      besideNew,
      use: usedTodayInWords(context, found.id),
    };
    context.atEnd.push(() => reportLeftover(context, leftover));
  }
}

async function reportLeftover(context: Context, leftover: Leftover): Promise<string | undefined> {
  const { id, name, resource, besideNew, use } = leftover;
  const { stack, account } = context;
  if (stack.isOwn(leftover) || stack.isLeft(id) || stack.planned(id) !== undefined) return undefined;
  // Nothing was created, so the key found may still be replaced.
  if (besideNew !== undefined && !stack.createdNamed(besideNew)) return undefined;
  // Another provider process may have deleted it.
  const live = besideNew === undefined ? await account.keys() : await account.freshKeys();
  if (live.get(id)?.name !== name) return undefined;
  return (
    `The key ${JSON.stringify(name)} (${id}) has an automatic name of the resource ${JSON.stringify(resource)}, but no resource of this run holds it. ${await use} ` +
    "Either an interrupted run left it behind (the next update finishes an interrupted replacement), or it is in use: left by a deletionPolicy, held by a resource that was renamed or moved without aliases, a stack that was renamed " +
    "(stack rename), resources moved to another stack (state move), or a stack of the same name in another state backend. " +
    "Find out which before you change it: npx pulumi-aixplain list"
  );
}
