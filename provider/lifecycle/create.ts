import type { CreatedKey, ListedKey } from "../api/api-keys";
import {
  ApiError,
  ConnectionError,
  NotFoundError,
  UnexpectedAnswerError,
  UnprocessableError,
} from "../api/errors";
import { happenedIn } from "../core/errors";
import { type ApiKeyState, AUTO_NAME, type LiveKey } from "../core/model";
import { isMasked } from "../core/secret";
import type { Context } from "./context";
import { AmbiguousCreateError, NameTakenError } from "./errors";
import { type Desired, demandAsDeclared, outputs, prepare } from "./write";

/** How often a create is tried before the provider gives up on an ambiguous platform. */
const MAX_TRIES = 3;

/** Whether a failed create may have been carried out all the same. */
const isAmbiguous = (error: unknown): boolean =>
  error instanceof UnexpectedAnswerError ||
  (error instanceof ConnectionError && !error.neverArrived) ||
  (error instanceof ApiError && error.status >= 500);

const removal = (id: string): string => `npx pulumi-aixplain delete ${id}`;

/** Creates a key. Never two live keys for one resource, never one whose access key is lost without being told. */
export async function create(context: Context, news: unknown): Promise<{ id: string; outs: ApiKeyState }> {
  const desired = await prepare(context, news);
  const created = await createOnce(context, desired);
  const { live, accessKey } = await demandSecret(context, created);
  context.redactor.add(accessKey);
  context.account.wrote(live);
  context.managedNames.add(live.name);
  const state = outputs(desired, live, accessKey);
  demandAsDeclared(desired, live, state);
  return { id: live.id, outs: state };
}

async function createOnce(context: Context, desired: Desired): Promise<CreatedKey> {
  const { name } = desired.inputs;
  const before = await context.account.named(name);
  let lastFailure: unknown;
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    try {
      return await context.keys.create(desired.inputs, desired.ids);
    } catch (error) {
      if (error instanceof UnprocessableError) {
        if (lastFailure === undefined || before) {
          const taken = await context.account.freshlyNamed(name).catch(() => before);
          // Where nobody has the name the platform's own words say more.
          throw taken ? new NameTakenError(name, taken.id, { cause: error }) : error;
        }
        // Our own earlier try got through after all.
        await removeOrphan(context, desired, await lookUp(context, name, error), error);
      } else if (isAmbiguous(error)) {
        const found = before ? undefined : await lookUp(context, name, error);
        if (found) await removeOrphan(context, desired, found, error);
      } else {
        throw error;
      }
      // Names are unique on the platform: where the lost request is still to arrive, one of the two is refused.
      lastFailure = error;
    }
  }
  throw new AmbiguousCreateError(
    `creating the key ${JSON.stringify(name)} failed ${MAX_TRIES} times; the last answer: ${happenedIn(lastFailure)}. No key of that name was left behind as far as the platform shows. Run the update again in a few minutes`,
    { cause: lastFailure },
  );
}

const noUsableAnswer = (name: string, cause: unknown): string =>
  `creating the key ${JSON.stringify(name)} got no usable answer (${happenedIn(cause)})`;

/** The key that a lost create may have left. Where even that cannot be asked, the person has to know what may be there. */
async function lookUp(context: Context, name: string, cause: unknown): Promise<ListedKey | undefined> {
  try {
    return await context.account.freshlyNamed(name);
  } catch (error) {
    throw new AmbiguousCreateError(
      `${noUsableAnswer(name, cause)}, and neither did the question whether it exists now (${happenedIn(error)}). ` +
        "It may have been created, with an access key that nobody knows. Run the update again: if the key is there, it is named with the command that removes it",
      { cause },
    );
  }
}

/** Deletes a key of no use. One that is gone already is a success. */
async function discard(context: Context, id: string): Promise<void> {
  try {
    await context.keys.delete(id);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  context.account.removed(id);
}

/**
 * Removes what a lost create of this run left behind. An automatic name that was free when this run asked, and that
 * nobody else can have chosen, proves it; a fixed name proves nothing, for somebody else may have taken it meanwhile.
 */
async function removeOrphan(
  context: Context,
  desired: Desired,
  found: ListedKey | undefined,
  cause: unknown,
): Promise<void> {
  const { name } = desired.inputs;
  const what = noUsableAnswer(name, cause);
  if (!found) {
    throw new AmbiguousCreateError(
      `${what}, and the platform refuses the name although it shows no key that has it. Run the update again in a minute`,
      { cause },
    );
  }
  if (desired.inputs[AUTO_NAME] === undefined) {
    throw new AmbiguousCreateError(
      `${what}, and now the key ${found.id} has that name. It is most likely the lost one, but nothing proves it, and its access key cannot be read. ` +
        `If it is yours, remove it and run the update again: ${removal(found.id)}`,
      { cause },
    );
  }
  try {
    await discard(context, found.id);
  } catch (error) {
    throw new AmbiguousCreateError(
      `${what}. The key ${found.id} is what it left behind, and removing that failed as well (${happenedIn(error)}). Remove it and run the update again: ${removal(found.id)}`,
      { cause: error },
    );
  }
}

/** The created key with its access key. Where the answer lacks the secret the key is of no use to anybody: it goes. */
async function demandSecret(
  context: Context,
  created: CreatedKey,
): Promise<{ live: LiveKey; accessKey: string }> {
  const { live, accessKey } = created;
  if (accessKey !== undefined && accessKey !== "" && !isMasked(accessKey)) return { live, accessKey };
  const problem = `the platform created the key ${JSON.stringify(live.name)} (${live.id}) but answered ${
    accessKey ? "a masked access key" : "no access key"
  }, and an access key can never be read again`;
  try {
    await discard(context, live.id);
  } catch (error) {
    throw new AmbiguousCreateError(
      `${problem}. Removing the useless key failed as well (${happenedIn(error)}). Remove it and run the update again: ${removal(live.id)}`,
      { cause: error },
    );
  }
  throw new AmbiguousCreateError(
    `${problem}. The useless key was removed again; nothing is left behind. Run the update again; where that does not help, ask the platform's support why a new key comes without its access key`,
  );
}
