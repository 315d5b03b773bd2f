import { z } from "zod";
import { canonicalExpiry } from "./expiry";
import { canonicalLimits } from "./limits";
import { type ApiKeyState, LIMIT_NAMES, type LiveAssetLimits, TOKEN_TYPES } from "./model";

/**
 * Reads outputs that some version of this package wrote into a state. What is missing or unknown is left out instead of
 * refused: an old state must never stop a refresh or a destroy.
 */
const optional = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined);

const limitFields = {
  ...Object.fromEntries(LIMIT_NAMES.map((name) => [name, optional(z.number())])),
  tokenType: optional(z.enum(TOKEN_TYPES)),
};

const state = z.object({
  name: optional(z.string()),
  budget: optional(z.number()),
  expiresAt: optional(z.string()),
  globalLimits: optional(z.object(limitFields)),
  assetLimits: optional(
    z.array(optional(z.object({ model: z.string(), modelId: optional(z.string()), ...limitFields }))),
  ),
  accessKey: optional(z.string()),
  accessKeyHint: optional(z.string()),
});

export function readState(outputs: unknown): ApiKeyState {
  const read = state.safeParse(outputs);
  const { name, budget, expiresAt, globalLimits, assetLimits, accessKey, accessKeyHint } = read.success
    ? read.data
    : {};
  return {
    name: name ?? "",
    budget,
    expiresAt: expiresAt === undefined ? undefined : canonicalExpiry(expiresAt),
    globalLimits: globalLimits && canonicalLimits(globalLimits),
    assetLimits: assetLimits?.flatMap((entry): LiveAssetLimits[] => {
      if (entry === undefined) return [];
      const { model, modelId, ...limits } = entry;
      return [{ model, ...(modelId === undefined ? {} : { modelId }), ...canonicalLimits(limits) }];
    }),
    accessKey,
    accessKeyHint: accessKeyHint ?? "",
  };
}

/** From the models as the state spells them to their ids, and back. */
export function spellings(held: Pick<ApiKeyState, "assetLimits">): {
  readonly ids: ReadonlyMap<string, string>;
  readonly spelled: ReadonlyMap<string, string>;
} {
  const pairs = (held.assetLimits ?? []).flatMap(({ model, modelId }) =>
    modelId === undefined ? [] : [[model, modelId] as const],
  );
  return { ids: new Map(pairs), spelled: new Map(pairs.map(([model, id]) => [id, model])) };
}
