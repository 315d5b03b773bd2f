import { NotFoundError } from "../api/errors";
import { autoName, autoNameStem, isAutoName, type NameSeed, parseSeed } from "../core/auto-name";
import { type CheckedDeclaration, checkDeclaration } from "../core/check";
import type { Problem } from "../core/errors";
import { AUTO_NAME, isModelPath, type PreviewInputs } from "../core/model";
import { isUnknown } from "../core/unknown";
import type { Context } from "./context";
import { nameTaken } from "./errors";

export interface CheckResult {
  readonly inputs?: PreviewInputs;
  readonly failures: readonly Problem[];
}

type Olds = Readonly<Record<string, unknown>>;

/** How many names of a resource's sequence are looked up in any case: more than crashes in a row leave behind. */
const LOOKED_UP = 16;

/** Names the keys that interrupted runs left behind: they have names of this resource, and no state knows them. */
async function reportOrphans(
  context: Context,
  seed: NameSeed,
  own: string,
  lookUp = LOOKED_UP,
): Promise<void> {
  // Most keys have nobody beside them, and then no name has to be worked out.
  if (!(await context.account.hasOtherLike(own, autoNameStem(seed.logicalName)))) return;
  const live = await context.account.names();
  for (let n = 0; n < lookUp; n += 1) {
    const name = autoName(seed.logicalName, seed.identity, n);
    const found = live.get(name);
    if (!found || context.managedNames.has(name) || context.reservedNames.has(name)) continue;
    context.report(
      `The key ${JSON.stringify(name)} (${found.id}) has a name that only this resource gives. Unless this update replaces that very key, ` +
        `an interrupted run left it behind, and no state knows its access key. Then remove it: npx pulumi-aixplain delete ${found.id}`,
    );
  }
}

/** The automatic name of a new key: the first of its sequence that nobody has. */
async function chooseAutoName(context: Context, seedText: string): Promise<string> {
  const seed = parseSeed(seedText);
  const live = await context.account.names();
  for (let n = 0; ; n += 1) {
    const name = autoName(seed.logicalName, seed.identity, n);
    if (live.has(name) || context.reservedNames.has(name)) continue;
    context.reservedNames.add(name);
    await reportOrphans(context, seed, name, Math.max(n, LOOKED_UP));
    return name;
  }
}

/** A key that was named automatically keeps its name for life; a replacement of it that was cut off can lie beside it. */
async function keepAutoName(context: Context, seedText: string, name: string): Promise<string> {
  if (context.driftCheck) await reportOrphans(context, parseSeed(seedText), name);
  return name;
}

/**
 * Says so where a new key is to have a name that is taken. A warning and not a failure: for `pulumi up --replace` the
 * engine asks for the check of a new key too, and then the name is that of the key which is about to go.
 */
async function warnOfTakenName(context: Context, name: string): Promise<void> {
  if (context.managedNames.has(name)) return;
  const taken = await context.account.named(name);
  if (!taken) return;
  context.report(
    `Creating a key will fail unless this update replaces the key ${taken.id} itself: ${nameTaken(name, taken.id)}`,
  );
}

/** Asks for the id of every model that is declared by a path for the first time, so that a typo shows in the preview. */
async function unknownModels(
  context: Context,
  checked: CheckedDeclaration,
  olds: Olds,
  news: Olds,
): Promise<Problem[]> {
  const { assetLimits } = checked;
  if (assetLimits === undefined || isUnknown(assetLimits)) return [];
  const before = JSON.stringify(olds.assetLimits ?? []);
  const written = (Array.isArray(news.assetLimits) ? news.assetLimits : []) as { readonly model?: unknown }[];
  const ids = new Map<string, string>();
  const problems = assetLimits.map(async (entry): Promise<Problem[]> => {
    if (isUnknown(entry) || isUnknown(entry.model)) return [];
    const { model } = entry;
    if (!isModelPath(model) || before.includes(JSON.stringify(model))) return [];
    const property = `assetLimits[${written.findIndex((each) => each?.model === model)}].model`;
    try {
      const id = await context.models.idOf(model);
      const twin = assetLimits.find((each) => !isUnknown(each) && each.model === id) ? id : ids.get(id);
      ids.set(id, model);
      return twin === undefined
        ? []
        : [{ property, reason: `is the same model as ${JSON.stringify(twin)}: keep one entry per model` }];
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      return [
        {
          property,
          reason: "is a path that the platform does not know: check its spelling, or use the model's id",
        },
      ];
    }
  });
  return (await Promise.all(problems)).flat();
}

/**
 * Checks a declaration before anything is done: all that is wrong with it, else its canonical form with a name.
 * A new name is looked up in the account, so that the preview tells of a taken one.
 */
export async function check(context: Context, olds: Olds, news: Olds): Promise<CheckResult> {
  const known = Object.keys(olds).length > 0;
  if (typeof olds.name === "string") context.managedNames.add(olds.name);
  const outcome = checkDeclaration(news, { now: context.now(), previous: known ? olds : undefined });
  if (!outcome.ok) return { failures: outcome.problems };
  const { name, ...rest } = outcome.inputs;
  const failures = await unknownModels(context, outcome.inputs, olds, news);
  const named = async (): Promise<PreviewInputs> => {
    if (name !== undefined) {
      const { [AUTO_NAME]: _, ...declared } = rest;
      if (!isUnknown(name) && name !== olds.name) await warnOfTakenName(context, name);
      return { name, ...declared };
    }
    const seed = String(rest[AUTO_NAME] ?? "/api-key");
    const chosen = isAutoName(olds.name)
      ? await keepAutoName(context, seed, olds.name)
      : await chooseAutoName(context, seed);
    return { name: chosen, ...rest, [AUTO_NAME]: true };
  };
  const inputs = await named();
  return failures.length > 0 ? { failures } : { inputs, failures: [] };
}
