import { canonicalExpiry } from "./expiry";
import { canonicalLimits } from "./limits";
import { type ApiKeyState, type Limits, type LiveAssetLimits, TOKEN_TYPES } from "./model";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const numberOf = (value: unknown): number | undefined => (Number.isFinite(value) ? Number(value) : undefined);

const limitsOf = (fields: Fields): Limits | undefined =>
  canonicalLimits({
    tokensPerMinute: numberOf(fields.tokensPerMinute),
    tokensPerDay: numberOf(fields.tokensPerDay),
    requestsPerMinute: numberOf(fields.requestsPerMinute),
    requestsPerDay: numberOf(fields.requestsPerDay),
    tokenType: TOKEN_TYPES.find((each) => each === fields.tokenType),
  });

function assetLimitsOf(entry: unknown): LiveAssetLimits[] {
  if (!isFields(entry) || typeof entry.model !== "string") return [];
  const modelId = textOf(entry.modelId);
  return [{ model: entry.model, ...(modelId === undefined ? {} : { modelId }), ...limitsOf(entry) }];
}

/**
 * Reads outputs that some version of this package wrote into a state. What is missing or unknown is left out instead of
 * refused: an old state must never stop a refresh or a destroy. By hand and not by a schema: this runs twice for every
 * key of a stack, mostly in a process too young to be fast, and a schema took more than twice as long.
 */
export function readState(outputs: unknown): ApiKeyState {
  const { name, budget, expiresAt, globalLimits, assetLimits, accessKey, accessKeyHint } = isFields(outputs)
    ? outputs
    : {};
  return {
    name: textOf(name) ?? "",
    budget: numberOf(budget),
    expiresAt: typeof expiresAt === "string" ? canonicalExpiry(expiresAt) : undefined,
    globalLimits: isFields(globalLimits) ? limitsOf(globalLimits) : undefined,
    assetLimits: Array.isArray(assetLimits) ? assetLimits.flatMap(assetLimitsOf) : undefined,
    accessKey: textOf(accessKey),
    accessKeyHint: textOf(accessKeyHint) ?? "",
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
