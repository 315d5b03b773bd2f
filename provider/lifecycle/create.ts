import type { CreatedKey } from "../api/api-keys";
import { UnprocessableError } from "../api/errors";
import { happenedIn } from "../core/errors";
import type { ApiKeyState } from "../core/model";
import { isMasked } from "../core/secret";
import { demandAccount } from "./absence";
import { adopt } from "./adopt";
import type { Context } from "./context";
import { AmbiguousCreateError, NameTakenError, WrongAccountError } from "./errors";
import { discard, isAmbiguous, recover } from "./recover";
import { giveWay } from "./rename";
import { type Desired, demandAsDeclared, outputs, prepare } from "./write";

const MAX_TRIES = 3;

/**
 * Creates a key, or adopts the one that the declaration names. Ensures that no second live key and no unreported lost
 * access key remains.
 */
export async function create(context: Context, news: unknown): Promise<{ id: string; outs: ApiKeyState }> {
  const desired = await prepare(context, news);
  const nameWasFree = await observe(context, desired);
  const adopted = await adopt(context, desired);
  if (adopted) return adopted;
  const created = await ensure(context, desired, nameWasFree);
  const { live, accessKey } = await demandSecret(context, created);
  context.redactor.add(accessKey);
  context.account.wrote(live);
  context.stack.hasCreated(live.name, live.id);
  const state = outputs(desired, live, accessKey);
  demandAsDeclared(desired, live, state);
  return { id: live.id, outs: state };
}

/** Observe: whether the name is free. */
async function observe(context: Context, desired: Desired): Promise<boolean> {
  const { name } = desired.inputs;
  const [doubt] = context.doubts;
  if (doubt) throw new WrongAccountError(name, doubt);
  await demandAccount(context, name);
  return (await context.account.named(name)) === undefined;
}

/** Ensure: exactly one key with the name, created by this run. */
async function ensure(context: Context, desired: Desired, nameWasFree: boolean): Promise<CreatedKey> {
  const { name } = desired.inputs;
  let lastFailure: unknown;
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    try {
      return await context.keys.create(desired.inputs, desired.ids);
    } catch (error) {
      const refused = error instanceof UnprocessableError;
      if (!refused && !isAmbiguous(error)) throw error;
      if (refused && (lastFailure === undefined || !nameWasFree))
        await clearName(context, desired, nameWasFree, error);
      else if (nameWasFree) await recover(context, desired, error);
      // Names are unique: if the lost request arrives late, the platform refuses one of the two.
      lastFailure = error;
    }
  }
  throw new AmbiguousCreateError(
    `creating the key ${JSON.stringify(name)} failed ${MAX_TRIES} times; the last answer: ${happenedIn(lastFailure)}. The platform shows no key with that name. Run the update again in a few minutes`,
    { cause: lastFailure },
  );
}

/** Renames the key that has the name, if this update is about to rename it anyway. */
async function clearName(
  context: Context,
  desired: Desired,
  nameWasFree: boolean,
  error: UnprocessableError,
): Promise<void> {
  const { name } = desired.inputs;
  const known = await context.account.named(name);
  const taken = await context.account.freshlyNamed(name).catch(() => known);
  // The name is free by now: try again.
  if (!taken && !nameWasFree) return;
  if (!taken) throw error;
  if (await context.renames.run(() => giveWay(context, taken, name))) return;
  context.stack.refusedNames.add(name);
  throw new NameTakenError(name, taken.id, context.stack.isOwn(taken), { cause: error });
}

/** Returns the key with its access key. Deletes a key whose access key is missing or masked: nobody can use it. */
async function demandSecret(
  context: Context,
  created: CreatedKey,
): Promise<{ live: CreatedKey["live"]; accessKey: string }> {
  const { live, accessKey } = created;
  if (accessKey !== undefined && accessKey !== "" && !isMasked(accessKey)) return { live, accessKey };
  const problem = `the platform created the key ${JSON.stringify(live.name)} (${live.id}) but answered ${
    accessKey ? "a masked access key" : "no access key"
  }, and an access key can never be read again`;
  try {
    await discard(context, live.id);
  } catch (error) {
    throw new AmbiguousCreateError(
      `${problem}. Deleting the key failed as well (${happenedIn(error)}). Remove it and run the update again: npx pulumi-aixplain delete ${live.id}`,
      { cause: error },
    );
  }
  throw new AmbiguousCreateError(
    `${problem}. The provider deleted the key again. Run the update again. If the problem persists, ask the platform's support why a new key has no access key`,
  );
}
