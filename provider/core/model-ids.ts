import type { Problem } from "./errors";
import type { PreviewInputs } from "./model";
import { isUnknown } from "./unknown";

export type ModelIds = ReadonlyMap<string, string>;

export const modelId = (model: string, ids: ModelIds): string => ids.get(model) ?? model;

export function declaredModels({ assetLimits }: Pick<PreviewInputs, "assetLimits">): string[] {
  if (assetLimits === undefined || isUnknown(assetLimits)) return [];
  return assetLimits.flatMap((entry) => (isUnknown(entry) || isUnknown(entry.model) ? [] : [entry.model]));
}

/**
 * The entries of the list whose model an earlier entry already names. `ids` resolves paths, as far as it knows
 * them.
 */
export function repeatedModels(
  models: readonly unknown[],
  ids: ModelIds = new Map(),
  list = "assetLimits",
): readonly Problem[] {
  const first = new Map<string, { readonly index: number; readonly model: string }>();
  return models.flatMap((model, index): Problem[] => {
    if (typeof model !== "string" || isUnknown(model)) return [];
    const earlier = first.get(modelId(model, ids));
    if (earlier === undefined) {
      first.set(modelId(model, ids), { index, model });
      return [];
    }
    const repeated =
      earlier.model === model
        ? `names ${JSON.stringify(model)} a second time, after ${list}[${earlier.index}]`
        : `names ${JSON.stringify(model)}, which is the same model as ${JSON.stringify(earlier.model)} in ${list}[${earlier.index}]`;
    return [{ property: `${list}[${index}].model`, reason: `${repeated}: keep one entry per model` }];
  });
}
