/** From a model as it was declared (a path or an id) to its id. */
export type ModelIds = ReadonlyMap<string, string>;

/** `model` is an id unless it was resolved from something else. */
export const modelId = (model: string, ids: ModelIds): string => ids.get(model) ?? model;
