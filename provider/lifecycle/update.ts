import { NotFoundError, UnprocessableError } from "../api/errors";
import type { ApiKeyState, LiveKey } from "../core/model";
import { readState, spellings } from "../core/state";
import { type Context, protection } from "./context";
import { NameTakenError, ProtectedKeyError, VanishedKeyError } from "./errors";
import { demandAsDeclared, outputs, prepare } from "./write";

/** Brings a key to its declaration with one full write. The access key stays the one that the state holds. */
export async function update(
  context: Context,
  id: string,
  olds: unknown,
  news: unknown,
): Promise<{ outs: ApiKeyState }> {
  const state = readState(olds);
  context.redactor.add(state.accessKey);
  const known = (await context.account.keys()).get(id)?.live();
  const why = known && protection(context, known);
  if (why !== undefined) throw new ProtectedKeyError(id, "changed", why);
  const desired = await prepare(context, news, spellings(state).ids);
  const live = await write();
  context.account.wrote(live);
  context.managedNames.add(live.name);
  const outs = outputs(desired, live, state.accessKey);
  demandAsDeclared(desired, live, outs);
  return { outs };

  async function write(): Promise<LiveKey> {
    try {
      return await context.keys.update(id, desired.inputs, desired.ids);
    } catch (error) {
      if (error instanceof NotFoundError) {
        context.account.removed(id);
        throw new VanishedKeyError(id, state.name, { cause: error });
      }
      // Also for a name that is no news: the key can have been renamed, and its name be another key's by now.
      if (error instanceof UnprocessableError) {
        const taken = await context.account.freshlyNamed(desired.inputs.name);
        if (taken && taken.id !== id)
          throw new NameTakenError(desired.inputs.name, taken.id, { cause: error });
      }
      throw error;
    }
  }
}
