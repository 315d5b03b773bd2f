import { autoName, isAutoName, type NameSeed } from "../core/auto-name";
import { inForce } from "../core/boost";
import { compare, describeChanges } from "../core/diff";
import type { Problem } from "../core/errors";
import type { Adoption, LiveKey, PreviewInputs } from "../core/model";
import { declaredModels } from "../core/model-ids";
import { hintMatches } from "../core/secret";
import { withUnsent } from "../core/state";
import { isUnknown } from "../core/unknown";
import { type Context, protection, resolveModels } from "./context";
import { observe } from "./observe";
import { usedTodayInWords } from "./use";

export async function adoptee(context: Context, { id, name }: Adoption): Promise<LiveKey | undefined> {
  if (id !== undefined) return observe(context, id);
  return name === undefined ? undefined : (await context.account.named(name))?.live();
}

const wordOf = ({ id }: Adoption): "id" | "name" => (id === undefined ? "name" : "id");

/** Whether this run deleted the adopted key in order to replace it. */
export const wasOwn = (context: Context, adoption: Adoption): boolean =>
  context.stack.isGone(adoption.id ?? adoption.name ?? "");

export function noSuchKey(adoption: Adoption): Problem {
  const word = wordOf(adoption);
  return {
    property: `adopt.${word}`,
    reason: `is ${JSON.stringify(adoption[word])}, but the account has no such key. Run npx pulumi-aixplain list to see its keys. To create a new key, remove adopt`,
  };
}

const ofThisStack = (adoption: Adoption, { id, name }: LiveKey): Problem => ({
  property: `adopt.${wordOf(adoption)}`,
  reason: `names the key ${JSON.stringify(name)} (${id}), which a resource of this stack manages: use that resource, or remove adopt`,
});

export function refusals(context: Context, adoption: Adoption, live: LiveKey): readonly Problem[] {
  const word = wordOf(adoption);
  if (context.stack.isOwn(live)) return [ofThisStack(adoption, live)];
  const why = protection(context, live);
  if (why !== undefined) {
    const reason = `names the key ${live.id}, which cannot be adopted: ${why}. Manage admin keys on the platform`;
    return [{ property: `adopt.${word}`, reason }];
  }
  const { accessKey } = adoption;
  if (accessKey === undefined || isUnknown(accessKey) || hintMatches(live.accessKeyHint, accessKey))
    return [];
  const reason = `does not belong to the key ${JSON.stringify(live.name)} (${live.id}), which the platform shows as ${live.accessKeyHint}: set the access key of that key, or leave it out to manage the key without it`;
  return [{ property: "adopt.accessKey", reason }];
}

/** What the name shows about the owner. The platform shows nothing else. */
function ownership(name: string, seed: NameSeed | undefined): string {
  const sequence = seed
    ? Array.from({ length: 16 }, (_, n) => autoName(seed.logicalName, seed.identity, n))
    : [];
  if (sequence.includes(name))
    return "Its name is an automatic name of this resource: an earlier run created it.";
  const two =
    "Make sure that no other stack manages it: two stacks would undo each other's changes, and either could delete the key.";
  if (isAutoName(name)) {
    return `Its name looks automatic, so another stack may manage it. ${two}`;
  }
  return `The platform does not show whether another stack manages it. ${two}`;
}

const secrecy = ({ accessKey }: Adoption): string =>
  accessKey === undefined
    ? "Its access key stays unknown, and the output accessKey is undefined. If somebody has the access key, set adopt.accessKey; otherwise create a new key."
    : "The access key in the program matches: the first and last four characters are the same.";

async function reportAdoption(
  context: Context,
  adoption: Adoption,
  live: LiveKey,
  inputs: PreviewInputs,
  seed: NameSeed | undefined,
  secrets: readonly string[],
): Promise<void> {
  const ids = await resolveModels(context, declaredModels(inputs));
  const wanted = inForce(inputs, context.now());
  const changes = compare(withUnsent(live, inputs as Partial<LiveKey>), wanted, ids);
  const comparison =
    changes.length === 0
      ? "It matches the declaration"
      : `It changes (live -> declared): ${describeChanges(changes, secrets)}`;
  const use = await usedTodayInWords(context, live.id);
  context.report(
    `The key ${JSON.stringify(live.name)} (${live.id}) is adopted: this stack manages it from this update on. ${comparison}. ${use} ${secrecy(adoption)} ${ownership(live.name, seed)}`,
  );
}

const isKnown = (adoption: unknown): adoption is Adoption =>
  typeof adoption === "object" && adoption !== null && !Object.values(adoption).some(isUnknown);

/**
 * Checks whether a new resource can adopt the key, and reports what the adoption does. Has no effect while the
 * resource's own key is being replaced.
 */
export async function planAdoption(
  context: Context,
  inputs: PreviewInputs,
  seed: NameSeed | undefined,
  secrets: readonly string[],
): Promise<readonly Problem[]> {
  const { adopt, name } = inputs;
  if (!isKnown(adopt) || context.stack.isReplaced(name)) return [];
  context.redactor.add(adopt.accessKey);
  const live = await adoptee(context, adopt);
  if (!live) return wasOwn(context, adopt) ? [] : [noSuchKey(adopt)];
  const planned = context.stack.planned(live.id);
  // The engine calls check twice.
  if (planned === name) return [];
  const problems = planned === undefined ? refusals(context, adopt, live) : [ofThisStack(adopt, live)];
  if (problems.length > 0) return problems;
  context.stack.plan(live.id, name);
  await reportAdoption(context, adopt, live, inputs, seed, secrets);
  return [];
}
