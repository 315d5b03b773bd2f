import { z } from "zod";
import { canonicalExpiry } from "./expiry";
import { canonicalLimits } from "./limits";
import { type ApiKeyState, LIMIT_NAMES, type LiveAssetLimits, TOKEN_TYPES } from "./model";

type Optional = <T>(schema: z.ZodType<T>) => z.ZodType<T | undefined>;

function stateOf(optional: Optional) {
  const limitFields = {
    ...Object.fromEntries(LIMIT_NAMES.map((name) => [name, optional(z.number())])),
    tokenType: optional(z.enum(TOKEN_TYPES)),
  };
  return z.object({
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
}

/** What this version writes, and the quick way to read it. */
const current = stateOf((schema) => schema.optional());

/** The same with whatever does not fit left out. */
const tolerant = stateOf((schema) => schema.optional().catch(undefined));

/**
 * Reads outputs that some version of this package wrote into a state. What is missing or unknown is left out instead of
 * refused: an old state must never stop a refresh or a destroy.
 */
export function readState(outputs: unknown): ApiKeyState {
  const asWritten = current.safeParse(outputs);
  const read = asWritten.success ? asWritten : tolerant.safeParse(outputs);
  const { name, budget, expiresAt, globalLimits, assetLimits, accessKey, accessKeyHint } = read.data ?? {};
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
