import { NotFoundError, UnprocessableError } from "../api/errors";
import type { ApiKeyState, LiveKey } from "../core/model";
import { demandGone } from "./absence";
import type { Context } from "./context";
import { NameTakenError, VanishedKeyError } from "./errors";
import { giveWay } from "./rename";
import type { Desired } from "./write";

/**
 * Writes an existing key and records the answer. `before` is the key before the write. Renames run one at a time.
 * @throws NameTakenError if another key has the name, VanishedKeyError if the key is gone
 */
export async function put(
  context: Context,
  id: string,
  desired: Desired,
  before: ApiKeyState,
): Promise<LiveKey> {
  const write = async (): Promise<LiveKey> => {
    const written = await send(context, id, desired, before);
    context.account.wrote(written);
    context.stack.hasUpdated(written.name, id);
    return written;
  };
  return desired.inputs.name === before.name ? write() : context.renames.run(write);
}

async function send(context: Context, id: string, desired: Desired, before: ApiKeyState): Promise<LiveKey> {
  const { inputs, ids } = desired;
  const holder = await context.account.named(inputs.name);
  try {
    return await context.keys.update(id, inputs, ids);
  } catch (error) {
    if (error instanceof NotFoundError) {
      await demandGone(context, id, before);
      context.account.removed(id);
      throw new VanishedKeyError(id, before.name, { cause: error });
    }
    if (!(error instanceof UnprocessableError)) throw error;
    // Even for an unchanged name: somebody may have renamed the key and given its name to another.
    const taken = await context.account.freshlyNamed(inputs.name);
    // The name has become free, for example through a replacement in this run.
    if (!taken && holder && holder.id !== id) return context.keys.update(id, inputs, ids);
    if (!taken || taken.id === id) throw error;
    if (await giveWay(context, taken, inputs.name)) return context.keys.update(id, inputs, ids);
    context.stack.refusedNames.add(inputs.name);
    throw new NameTakenError(inputs.name, taken.id, context.stack.isOwn(taken), { cause: error });
  }
}
