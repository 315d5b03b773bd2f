import { compare } from "../core/diff";
import { DeclarationError } from "../core/errors";
import type { ApiKeyState } from "../core/model";
import { toState, withUnsent } from "../core/state";
import { adoptee, noSuchKey, refusals, wasOwn } from "./adoption";
import type { Context } from "./context";
import { put } from "./put";
import { type Desired, demandAsDeclared, outputs } from "./write";

/**
 * Adopts the key that the declaration names, and applies the declaration to it. Returns `undefined` if a key is to be
 * created: the declaration names none, or the resource's own key is being replaced.
 * @throws DeclarationError if the key does not exist or cannot be adopted
 */
export async function adopt(
  context: Context,
  desired: Desired,
): Promise<{ readonly id: string; readonly outs: ApiKeyState } | undefined> {
  const { inputs, ids } = desired;
  const { adopt: adoption } = inputs;
  if (!adoption || context.stack.isReplaced(inputs.name)) return undefined;
  context.redactor.add(adoption.accessKey);
  const live = await adoptee(context, adoption);
  if (!live) {
    if (wasOwn(context, adoption)) return undefined;
    throw new DeclarationError([noSuchKey(adoption)]);
  }
  const problems = refusals(context, adoption, live);
  if (problems.length > 0) throw new DeclarationError(problems);
  const isDeclared = compare(withUnsent(live, inputs), inputs, ids).length === 0;
  const before = toState(live, new Map(), adoption.accessKey, desired.account);
  const written = isDeclared ? live : await put(context, live.id, desired, before);
  context.stack.recordAdoption(written.name, live.id);
  const outs = outputs(desired, written, adoption.accessKey);
  demandAsDeclared(desired, written, outs);
  return { id: live.id, outs };
}
