import { compare } from "../core/diff";
import { isPast } from "../core/expiry";
import type { ApiKeyInputs, ApiKeyState } from "../core/model";
import { present } from "../core/present";
import { asLive, readState, spellings, toInputs, toState, withUnsent } from "../core/state";
import { demandGone } from "./absence";
import { type Context, protection } from "./context";
import { NoSuchKeyError, ProtectedKeyError } from "./errors";
import { observe } from "./observe";

export interface ReadResult {
  /** Empty if the key certainly does not exist. */
  readonly id: string;
  readonly props?: ApiKeyState;
  /** Absent if the key matches the state. */
  readonly inputs?: ApiKeyInputs;
}

/**
 * Reads a key for a refresh or for `ApiKey.get`. Takes the access key from the state: the platform returns a mask only.
 * @throws if it is uncertain whether the key exists, so that the state stays unchanged
 */
export async function read(context: Context, id: string, props: unknown): Promise<ReadResult> {
  const state = readState(props);
  context.redactor.add(state.accessKey);
  context.stack.holds(state.name, id);
  const shown = await observe(context, id);
  if (!shown) return absent(context, id, state);
  const live = withUnsent(shown, state);
  const why = protection(context, live);
  if (why !== undefined) throw new ProtectedKeyError(id, "read into a stack", why);
  const { text: account } = await context.account.identity();
  const outs = toState(live, spellings(state).spelled, state.accessKey, account);
  // Inputs that are not returned stay unchanged. Changed ones would lose the mark of an automatic name, and would make
  // the next update write a checkpoint per key.
  const drifted = compare(asLive(state), live).length > 0;
  return { id, props: outs, ...(drifted ? { inputs: toInputs(outs) } : {}) };
}

async function absent(context: Context, id: string, state: ApiKeyState): Promise<ReadResult> {
  const { name, expiresAt, suspended } = state;
  // `ApiKey.get` has no state.
  if (name === "") throw new NoSuchKeyError(id);
  // Without its state it would be a new key with a past date, which cannot be created.
  if (expiresAt !== undefined && isPast(expiresAt, context.now())) {
    context.report(
      `The key ${JSON.stringify(name)} (${id}) expired on ${expiresAt}, and no longer exists on the platform. It stays in the state until you remove the resource or set a later expiresAt.`,
    );
    return { id, props: present(state) };
  }
  await demandGone(context, id, state);
  if (suspended) {
    context.report(
      `The key ${JSON.stringify(name)} (${id}) is suspended and no longer exists on the platform, so it cannot work again with its access key. It stays in the state until you remove the resource, or remove suspended to create a new key.`,
    );
    return { id, props: present(state) };
  }
  return { id: "" };
}
