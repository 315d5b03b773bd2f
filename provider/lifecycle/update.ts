import { NotFoundError, UnprocessableError } from "../api/errors";
import { type ApiKeyState, type LiveKey, OPTIONS } from "../core/model";
import { keepLive } from "../core/property-path";
import { readState, spellings, withUnsent } from "../core/state";
import { demandGone } from "./absence";
import { type Context, protection } from "./context";
import { NameTakenError, ProtectedKeyError, VanishedKeyError } from "./errors";
import { giveWay } from "./rename";
import { type Desired, demandAsDeclared, outputs, prepare } from "./write";

export async function update(
  context: Context,
  id: string,
  olds: unknown,
  news: unknown,
): Promise<{ outs: ApiKeyState }> {
  const state = readState(olds);
  context.redactor.add(state.accessKey);
  context.stack.holds(state.name, id);
  const listed = (await context.account.keys()).get(id)?.live();
  const known = listed && withUnsent(listed, state);
  const why = known && protection(context, known);
  if (why !== undefined) throw new ProtectedKeyError(id, "changed", why);
  const prepared = await prepare(context, news, spellings(state).ids);
  const ignored = prepared.inputs[OPTIONS]?.ignoreChanges ?? [];
  const inputs = known ? keepLive(prepared.inputs, known, ignored, prepared.ids) : prepared.inputs;
  const desired = { ...prepared, inputs };
  const write = async (): Promise<LiveKey> => {
    const written = await put(context, id, desired, state);
    context.account.wrote(written);
    context.stack.hasUpdated(written.name, id);
    return written;
  };
  const renamed = desired.inputs.name !== (known?.name ?? state.name);
  const live = renamed ? await context.renames.run(write) : await write();
  const outs = outputs(desired, live, state.accessKey);
  demandAsDeclared(desired, live, outs);
  return { outs };
}

async function put(context: Context, id: string, desired: Desired, state: ApiKeyState): Promise<LiveKey> {
  const { inputs, ids } = desired;
  const holder = await context.account.named(inputs.name);
  try {
    return await context.keys.update(id, inputs, ids);
  } catch (error) {
    if (error instanceof NotFoundError) {
      await demandGone(context, id, state);
      context.account.removed(id);
      throw new VanishedKeyError(id, state.name, { cause: error });
    }
    if (!(error instanceof UnprocessableError)) throw error;
    // Also for an unchanged name: the key may have been renamed, and another key may have its name.
    const taken = await context.account.freshlyNamed(inputs.name);
    // The name is free by now.
    if (!taken && holder && holder.id !== id) return context.keys.update(id, inputs, ids);
    if (!taken || taken.id === id) throw error;
    if (await giveWay(context, taken, inputs.name)) return context.keys.update(id, inputs, ids);
    context.stack.refusedNames.add(inputs.name);
    throw new NameTakenError(inputs.name, taken.id, context.stack.isOwn(taken), { cause: error });
  }
}
