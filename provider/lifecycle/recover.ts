import type { ListedKey } from "../api/api-keys";
import {
  ApiError,
  ConnectionError,
  NotFoundError,
  UnexpectedAnswerError,
  UnprocessableError,
} from "../api/errors";
import { compare } from "../core/diff";
import { happenedIn } from "../core/errors";
import { AUTO_NAME } from "../core/model";
import { withUnsent } from "../core/state";
import { usedToday } from "../core/usage";
import type { Context } from "./context";
import { AmbiguousCreateError } from "./errors";
import type { Desired } from "./write";

/** Whether a failed create may have created a key. */
export const isAmbiguous = (error: unknown): boolean =>
  error instanceof UnexpectedAnswerError ||
  (error instanceof ConnectionError && !error.neverArrived) ||
  (error instanceof ApiError && error.status >= 500);

/**
 * Recover: after a create without a usable answer, makes sure that no key of it is left, so that the create can be
 * repeated. Deletes the key that is provably its result, because its access key is lost.
 * @throws AmbiguousCreateError if a key has the name and nothing proves its origin
 */
export async function recover(context: Context, desired: Desired, cause: unknown): Promise<void> {
  const { name } = desired.inputs;
  const found = await lookUp(context, name, cause);
  const what = noUsableAnswer(name, cause);
  if (!found) {
    if (!(cause instanceof UnprocessableError)) return;
    throw new AmbiguousCreateError(
      `${what}, and the platform refuses the name although it shows no key that has it. Run the update again in a minute`,
      { cause },
    );
  }
  const doubt = await doubtOf(context, desired, found);
  if (doubt !== undefined) {
    throw new AmbiguousCreateError(
      `${what}, and now the key ${found.id} has that name. ${doubt}. Either this run created it, and nobody knows its access key; or somebody else created it at the same time. ` +
        "Nothing was removed. Ask who works on this account, then choose another name for this key, or remove the other one on the platform, and run the update again",
      { cause },
    );
  }
  try {
    await discard(context, found.id);
  } catch (error) {
    throw new AmbiguousCreateError(
      `${what}. The key ${found.id} is the result of the create, and deleting it failed as well (${happenedIn(error)}). Remove it and run the update again: npx pulumi-aixplain delete ${found.id}`,
      { cause: error },
    );
  }
}

/**
 * Why the key may belong to somebody else; `undefined` with proof that this run created it: an automatic name that only
 * this resource uses and that was free before, all properties as declared, and no usage.
 */
async function doubtOf(context: Context, desired: Desired, found: ListedKey): Promise<string | undefined> {
  if (desired.inputs[AUTO_NAME] === undefined)
    return "Anybody can choose that name, so nothing proves who created the key";
  if (context.stack.isOwn(found)) return "Another resource of this stack holds it";
  if (compare(desired.inputs, withUnsent(found.live(), desired.inputs), desired.ids).length > 0)
    return "It differs from the declaration";
  try {
    const { requests } = usedToday(await context.keys.usage(found.id, context.now()));
    return requests > 0 ? "It was used today" : undefined;
  } catch (error) {
    return `Its usage could not be read (${happenedIn(error)})`;
  }
}

const noUsableAnswer = (name: string, cause: unknown): string =>
  `creating the key ${JSON.stringify(name)} got no usable answer (${happenedIn(cause)})`;

async function lookUp(context: Context, name: string, cause: unknown): Promise<ListedKey | undefined> {
  try {
    return await context.account.freshlyNamed(name);
  } catch (error) {
    throw new AmbiguousCreateError(
      `${noUsableAnswer(name, cause)}, and the provider could not check whether the key exists (${happenedIn(error)}). ` +
        "It may exist, with an access key that nobody knows. Run the update again: it reports the key if it exists",
      { cause },
    );
  }
}

export async function discard(context: Context, id: string): Promise<void> {
  try {
    await context.keys.delete(id);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  context.account.removed(id);
}
