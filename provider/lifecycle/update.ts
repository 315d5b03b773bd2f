import { compare } from "../core/diff";
import { type ApiKeyState, type LiveKey, OPTIONS } from "../core/model";
import { keepLive } from "../core/property-path";
import { asLive, readState, spellings, withUnsent } from "../core/state";
import { type Context, protection } from "./context";
import { ProtectedKeyError } from "./errors";
import { put } from "./put";
import { type Desired, demandAsDeclared, outputs, prepare } from "./write";

/** Whether there is nothing to write: the live key and the state both match the declaration. */
function isWritten(live: LiveKey, state: ApiKeyState, { inputs, ids }: Desired): boolean {
  const remembered = withUnsent(asLive(state), inputs);
  return [withUnsent(live, inputs), remembered].every((each) => compare(each, inputs, ids).length === 0);
}

/**
 * Applies the declaration with one full write, or with none if only the state has to change. Keeps the access key of
 * the state.
 */
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
  const before = known ? { ...state, name: known.name } : state;
  const live = known && isWritten(known, state, desired) ? known : await put(context, id, desired, before);
  const outs = outputs(desired, live, state.accessKey);
  demandAsDeclared(desired, live, outs);
  return { outs };
}
