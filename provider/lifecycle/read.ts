import { compare } from "../core/diff";
import { isPast } from "../core/expiry";
import type { ApiKeyInputs, ApiKeyState } from "../core/model";
import { present } from "../core/present";
import { asLive, readState, recall, spellings, toInputs, toState } from "../core/state";
import { demandGone } from "./absence";
import { type Context, protection } from "./context";
import { NoSuchKeyError, ProtectedKeyError } from "./errors";
import { observe } from "./observe";

export interface ReadResult {
  /** Empty where the key is certainly gone. */
  readonly id: string;
  readonly props?: ApiKeyState;
  /** Absent where the key is as the state has it. */
  readonly inputs?: ApiKeyInputs;
}

/**
 * Reads a key for a refresh, or for a program that only looks at it (`ApiKey.get`). The access key is carried over from
 * the state: the platform shows a mask only.
 * @throws where it is not certain that the key is there or gone, so that the state stays as it is
 */
export async function read(context: Context, id: string, props: unknown): Promise<ReadResult> {
  const state = readState(props);
  context.redactor.add(state.accessKey);
  context.stack.holds(state.name, id);
  const shown = await observe(context, id);
  if (!shown) return absent(context, id, state);
  const live = recall(shown, state);
  const why = protection(context, live);
  if (why !== undefined) throw new ProtectedKeyError(id, "read into a stack", why);
  const { text: account } = await context.account.identity();
  const outs = toState(live, spellings(state).spelled, state.accessKey, account);
  // Inputs that are not told stay as they are. Told ones lack what only the program knows (that the name is automatic), and
  // an update after such a refresh writes the whole state again for every key whose inputs became others.
  const drifted = compare(asLive(state), live).length > 0;
  return { id, props: outs, ...(drifted ? { inputs: toInputs(outs) } : {}) };
}

async function absent(context: Context, id: string, state: ApiKeyState): Promise<ReadResult> {
  const { name, expiresAt, suspended } = state;
  // Without a state a program asks for the key by its id: gone is a mistake there and no news.
  if (name === "") throw new NoSuchKeyError(id);
  // Taken out of the state, it would be a new key with a date in the past, which no update can create.
  if (expiresAt !== undefined && isPast(expiresAt, context.now())) {
    context.report(
      `The key ${JSON.stringify(name)} (${id}) expired on ${expiresAt}, and the platform does not have it any more. It stays in the state until you remove the resource or set a later expiresAt.`,
    );
    return { id, props: present(state) };
  }
  await demandGone(context, id, state);
  if (suspended) {
    context.report(
      `The key ${JSON.stringify(name)} (${id}) is suspended, and the platform does not have it any more, so it cannot come back with its access key. It stays in the state until you remove the resource, or suspended for a new key.`,
    );
    return { id, props: present(state) };
  }
  return { id: "" };
}
