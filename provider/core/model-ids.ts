import type { Problem } from "./errors";
import { isUnknown } from "./unknown";

/** Maps a declared model (a path or an id) to its id. */
export type ModelIds = ReadonlyMap<string, string>;

export const modelId = (model: string, ids: ModelIds): string => ids.get(model) ?? model;

/**
 * The entries of `assetLimits` whose model an earlier entry already names. `ids` resolves paths, as far as it knows
 * them.
 */
export function repeatedModels(models: readonly unknown[], ids: ModelIds = new Map()): readonly Problem[] {
  const first = new Map<string, { readonly index: number; readonly model: string }>();
  return models.flatMap((model, index): Problem[] => {
    if (typeof model !== "string" || isUnknown(model)) return [];
    const earlier = first.get(modelId(model, ids));
    if (earlier === undefined) {
      first.set(modelId(model, ids), { index, model });
      return [];
    }
    const said =
      earlier.model === model
        ? `names ${JSON.stringify(model)} a second time, after assetLimits[${earlier.index}]`
        : `names ${JSON.stringify(model)}, which is the same model as ${JSON.stringify(earlier.model)} in assetLimits[${earlier.index}]`;
    return [{ property: `assetLimits[${index}].model`, reason: `${said}: keep one entry per model` }];
  });
}
