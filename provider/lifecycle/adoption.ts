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

/** The key that an adoption names, as the platform shows it now. */
export async function adoptee(context: Context, { id, name }: Adoption): Promise<LiveKey | undefined> {
  if (id !== undefined) return observe(context, id);
  return name === undefined ? undefined : (await context.account.named(name))?.live();
}

const wordOf = ({ id }: Adoption): "id" | "name" => (id === undefined ? "name" : "id");

/** Whether this run has deleted the key that an adoption names, for a replacement: then a new one is made. */
export const wasOwn = (context: Context, adoption: Adoption): boolean =>
  context.stack.isGone(adoption.id ?? adoption.name ?? "");

export function noSuchKey(adoption: Adoption): Problem {
  const word = wordOf(adoption);
  return {
    property: `adopt.${word}`,
    reason: `is ${JSON.stringify(adoption[word])}, and the account has no such key. Its keys: npx pulumi-aixplain list. To create a new key, remove adopt`,
  };
}

const ofThisStack = (adoption: Adoption, { id, name }: LiveKey): Problem => ({
  property: `adopt.${wordOf(adoption)}`,
  reason: `names the key ${JSON.stringify(name)} (${id}), which a resource of this stack manages: use that resource, or remove adopt`,
});

/** Why a key cannot be adopted. */
export function refusals(context: Context, adoption: Adoption, live: LiveKey): readonly Problem[] {
  const word = wordOf(adoption);
  if (context.stack.isOwn(live)) return [ofThisStack(adoption, live)];
  const why = protection(context, live);
  if (why !== undefined) {
    const reason = `names the key ${live.id}, which is never adopted: ${why}. Admin keys are managed by hand, on the platform`;
    return [{ property: `adopt.${word}`, reason }];
  }
  const { accessKey } = adoption;
  if (accessKey === undefined || isUnknown(accessKey) || hintMatches(live.accessKeyHint, accessKey))
    return [];
  const reason = `is not that of the key ${JSON.stringify(live.name)} (${live.id}), which the platform shows as ${live.accessKeyHint}: give the right one, or leave it out to manage the key without it`;
  return [{ property: "adopt.accessKey", reason }];
}

/** What the key's name says of who manages it. The platform shows nothing else of that. */
function ownership(name: string, seed: NameSeed | undefined): string {
  const sequence = seed
    ? Array.from({ length: 16 }, (_, n) => autoName(seed.logicalName, seed.identity, n))
    : [];
  if (sequence.includes(name))
    return "Its name is one that this very resource gives: an earlier run made it.";
  const two = "Two stacks that manage one key undo each other's changes, and either can delete it.";
  if (isAutoName(name)) {
    return `Its name looks like one that a Pulumi resource gave: another stack may manage it. Make sure that none does. ${two}`;
  }
  return `Whether another stack manages it, the platform does not show: make sure that none does. ${two}`;
}

/** What is known of the access key after the adoption. */
const secrecy = ({ accessKey }: Adoption): string =>
  accessKey === undefined
    ? "Its access key stays unknown, and the output accessKey is undefined: give adopt.accessKey where somebody has it; else create a new key."
    : "Its access key is the one that the program gives: its first and last four characters fit.";

/** Tells what an adoption does to the key: the live one beside the declared one. */
async function tell(
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
  const told =
    changes.length === 0
      ? "It is as declared"
      : `It changes (live -> declared): ${describeChanges(changes, secrets)}`;
  const use = await usedTodayInWords(context, live.id);
  context.report(
    `The key ${JSON.stringify(live.name)} (${live.id}) is adopted: this stack manages it from this update on. ${told}. ${use} ${secrecy(adoption)} ${ownership(live.name, seed)}`,
  );
}

const isKnown = (adoption: unknown): adoption is Adoption =>
  typeof adoption === "object" && adoption !== null && !Object.values(adoption).some(isUnknown);

/**
 * Looks at the key that a new resource is to adopt: why it cannot be, else what the adoption does. It has no effect where
 * the resource has a key that is being replaced.
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
  // Looked at before: the engine asks twice.
  if (planned === name) return [];
  const problems = planned === undefined ? refusals(context, adopt, live) : [ofThisStack(adopt, live)];
  if (problems.length > 0) return problems;
  context.stack.plan(live.id, name);
  await tell(context, adopt, live, inputs, seed, secrets);
  return [];
}
