import { NotFoundError } from "../api/errors";
import type { CheckedDeclaration } from "../core/check";
import { AixplainError, type Problem } from "../core/errors";
import { isModelPath } from "../core/model";
import { repeatedModels } from "../core/model-ids";
import { isUnknown } from "../core/unknown";
import type { Warning } from "../core/warning";
import type { Context } from "./context";

type Fields = Readonly<Record<string, unknown>>;

interface Looked {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

const NOTHING: Looked = { problems: [], warnings: [] };

async function idOf(context: Context, model: string): Promise<string | undefined> {
  try {
    return await context.models.idOf(model);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Whether the platform no longer knows a declared model. A failed look-up is reported and does not stop the run. */
async function isGone(context: Context, model: string): Promise<boolean> {
  try {
    return (await idOf(context, model)) === undefined;
  } catch (error) {
    if (!(error instanceof AixplainError) || context.warnings.areErrors("unknown-model")) throw error;
    context.report(`The model ${JSON.stringify(model)} could not be looked up: ${error.happened}`);
    return false;
  }
}

/**
 * Looks up every newly declared model, so that the preview reports a typo. Looks up the others only if the limits of
 * the key change or the settings request it.
 */
export async function lookAtModels(
  context: Context,
  checked: CheckedDeclaration,
  olds: Fields,
  news: Fields,
  limitsChange: boolean,
): Promise<Looked> {
  const { assetLimits } = checked;
  if (assetLimits === undefined || isUnknown(assetLimits)) return NOTHING;
  const { warnings } = context;
  const looksAgain = (limitsChange || warnings.settings.unchangedKeys) && !warnings.areOff("unknown-model");
  const before = JSON.stringify(olds.assetLimits ?? []);
  const written = (Array.isArray(news.assetLimits) ? news.assetLimits : []) as { readonly model?: unknown }[];
  const ids = new Map<string, string>();
  const looked = assetLimits.map(async (entry): Promise<Looked> => {
    if (isUnknown(entry) || isUnknown(entry.model)) return NOTHING;
    const { model } = entry;
    const property = `assetLimits[${written.findIndex((each) => each?.model === model)}].model`;
    const isOld = before.includes(JSON.stringify(model));
    if (isOld) {
      if (!looksAgain || !(await isGone(context, model))) return NOTHING;
      const reason = `is ${JSON.stringify(model)}, which the platform no longer knows: remove the entry, or set the model that replaced it. The limits have no effect`;
      return { problems: [], warnings: [{ id: "unknown-model", property, reason }] };
    }
    const id = await idOf(context, model);
    if (id !== undefined) {
      ids.set(model, id);
      return NOTHING;
    }
    const [kind, more] = isModelPath(model) ? ["a path", ", or use the model's id"] : ["an id", ""];
    const reason = `is ${JSON.stringify(model)}, ${kind} that the platform does not know: check its spelling${more}`;
    return { problems: [{ property, reason }], warnings: [] };
  });
  const all = await Promise.all(looked);
  const models = written.map((each) => each?.model);
  return {
    problems: [...all.flatMap(({ problems }) => problems), ...repeatedModels(models, ids)],
    warnings: all.flatMap((each) => each.warnings),
  };
}
