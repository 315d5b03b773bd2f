import { autoName, isAutoName, type NameSeed, parseSeed } from "../core/auto-name";
import { checkDeclaration } from "../core/check";
import { compare } from "../core/diff";
import type { Problem } from "../core/errors";
import { AUTO_NAME, OPTIONS, type PreviewInputs } from "../core/model";
import { isChildName } from "../core/rotation/plan";
import { asLive, readState } from "../core/state";
import { isUnknown, UNKNOWN } from "../core/unknown";
import type { WarningId } from "../core/warning";
import { expiresSoon } from "../core/warnings-of-today";
import { demandAccount } from "./absence";
import { planAdoption } from "./adoption";
import { reportBoost } from "./boost";
import type { Context } from "./context";
import { findLeftovers } from "./leftovers";
import { lookAtModels } from "./models";

export interface CheckResult {
  readonly inputs?: PreviewInputs;
  readonly failures: readonly Problem[];
}

type Olds = Readonly<Record<string, unknown>>;

/** For programs that send no seed. Their resources share one sequence of names. */
const NO_SEED: NameSeed = { logicalName: "api-key", identity: "" };

async function chooseAutoName(context: Context, seed: NameSeed, isNew: boolean): Promise<string> {
  const live = await context.account.names();
  const { reservedNames } = context.stack;
  for (let n = 0; ; n += 1) {
    const name = autoName(seed.logicalName, seed.identity, n);
    if (live.has(name) || reservedNames.has(name)) continue;
    reservedNames.add(name);
    if (seed !== NO_SEED) await findLeftovers(context, seed, name, isNew ? name : undefined, n);
    return name;
  }
}

/** An automatic name never changes. An interrupted replacement may have left a key beside it. */
async function keepAutoName(context: Context, seed: NameSeed, name: string): Promise<string> {
  if (context.driftCheck && seed !== NO_SEED) await findLeftovers(context, seed, name, undefined);
  return name;
}

/**
 * Reports a taken name at the end of the run. Not earlier and not as a failure, because the same update may rename,
 * replace or delete the key that has the name, and `pulumi up --replace` checks like this as well.
 */
async function watchName(context: Context, name: string): Promise<void> {
  // Here as well, so that a preview reports wrong settings.
  await context.account.names();
  context.atEnd.push(async () => {
    const { stack, account } = context;
    const taken = await account.named(name);
    if (!taken || stack.planned(taken.id) !== undefined || stack.createdNamed(name)) return undefined;
    if (stack.refusedNames.has(name)) return undefined;
    return (
      `The name ${JSON.stringify(name)} is taken by the key ${taken.id} of the account. If this update replaces or renames that key, there is nothing to do. ` +
      "Otherwise the update will fail: if the resource was renamed or moved in the program, add aliases to the new resource; else choose another name."
    );
  });
}

/** An interrupted run may have created keys with automatic names before the program set this one. */
async function takeFixedName(
  context: Context,
  name: string,
  seed: NameSeed | undefined,
  isNew: boolean,
): Promise<void> {
  await watchName(context, name);
  if (seed) await findLeftovers(context, seed, name, isNew ? name : undefined);
}

function declaredTwice(context: Context, name: string, seed: NameSeed | undefined): Problem[] {
  const other = seed && context.stack.declare(name, seed);
  if (!other) return [];
  const reason = `is ${JSON.stringify(name)}, which the resource ${JSON.stringify(other.logicalName)} of this program also declares: give one of the two another name. Names are unique in an account`;
  return [{ property: "name", reason }];
}

/** Also reported for unchanged keys: they arise without a change in the program. */
const ALWAYS: readonly WarningId[] = ["expires-soon", "unknown-model"];

/**
 * Checks a declaration: returns all problems, or the canonical inputs with a name. Looks up a new name in the account,
 * so that the preview reports a taken one.
 */
export async function check(
  context: Context,
  olds: Olds,
  news: Olds,
  secrets?: readonly string[],
): Promise<CheckResult> {
  const known = Object.keys(olds).length > 0;
  if (typeof olds.name === "string") context.stack.holds(olds.name);
  const outcome = checkDeclaration(news, { now: context.now(), previous: known ? olds : undefined });
  if (!outcome.ok) return { failures: outcome.problems };
  const { name, [AUTO_NAME]: autoName, ...rest } = outcome.inputs;
  const seed = typeof autoName === "string" ? parseSeed(autoName) : undefined;
  const fixed = name !== undefined && !isUnknown(name) ? name : undefined;
  const held = readState(olds);
  // A name chosen below is compared later.
  const changes = known ? compare(asLive(held), { ...rest, name: held.name }) : [];
  const limitsChange = changes.some(({ property }) => property.endsWith("Limits"));
  const models = await lookAtModels(context, outcome.inputs, olds, news, limitsChange);
  // The keys of a rotation expire as planned. The rotation itself warns when it is late.
  const ending = seed && isChildName(seed.logicalName) ? [] : expiresSoon(rest.expiresAt, context.now());
  const found = [...outcome.warnings, ...ending, ...models.warnings];
  const hidden = secrets ?? rest[OPTIONS]?.secrets ?? [];
  const failures = [
    ...(fixed === undefined ? [] : declaredTwice(context, fixed, seed)),
    ...models.problems,
    ...context.warnings.errors(found, hidden),
  ];
  const named = async (): Promise<PreviewInputs> => {
    if (name !== undefined) {
      if (fixed !== undefined && fixed !== olds.name) await takeFixedName(context, fixed, seed, !known);
      return { name, ...rest };
    }
    const from = seed ?? NO_SEED;
    const kept = isAutoName(olds.name) ? olds.name : undefined;
    const chosen =
      kept === undefined
        ? await chooseAutoName(context, from, !known)
        : await keepAutoName(context, from, kept);
    // Without a seed the name proves nothing about the key's origin.
    return { name: chosen, ...rest, ...(seed ? { [AUTO_NAME]: true } : {}) };
  };
  // Before the name check: the adopted key may have the name.
  if (!known && failures.length === 0) {
    const declared = { ...rest, name: fixed ?? UNKNOWN } as PreviewInputs;
    failures.push(...(await planAdoption(context, declared, seed, hidden)));
  }
  const inputs = await named();
  // A key that exists shows its account in its state.
  if (!known) await demandAccount(context, inputs.name);
  if (failures.length > 0) return { failures };
  reportBoost(context, inputs, hidden);
  const isNews = !known || changes.length > 0 || inputs.name !== held.name;
  const timely = isNews ? found : found.filter(({ id }) => ALWAYS.includes(id));
  context.warnings.report(inputs.name, timely, hidden);
  return { inputs, failures: [] };
}
