import { canonicalExpiry } from "./expiry";
import { byModel, canonicalLimits } from "./limits";
import {
  ACCOUNT,
  type ApiKeyDeclaration,
  type ApiKeyInputs,
  type ApiKeyState,
  type Limits,
  type LiveAssetLimits,
  type LiveKey,
  TOKEN_TYPES,
} from "./model";
import { present } from "./present";

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
  const fields = isFields(outputs) ? outputs : {};
  const { name, budget, expiresAt, globalLimits, assetLimits, accessKey, accessKeyHint } = fields;
  return {
    name: textOf(name) ?? "",
    budget: numberOf(budget),
    expiresAt: typeof expiresAt === "string" ? canonicalExpiry(expiresAt) : undefined,
    globalLimits: isFields(globalLimits) ? limitsOf(globalLimits) : undefined,
    assetLimits: Array.isArray(assetLimits) ? assetLimits.flatMap(assetLimitsOf) : undefined,
    accessKey: textOf(accessKey),
    accessKeyHint: textOf(accessKeyHint) ?? "",
    [ACCOUNT]: textOf(fields[ACCOUNT]),
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

/**
 * The outputs for a live key. `spelled` says under which spelling the program knows a model id; `accessKey` is the
 * secret from the create answer or from the state, `account` the identity of the account where it is known.
 */
export function toState(
  live: LiveKey,
  spelled: ReadonlyMap<string, string>,
  accessKey: string | undefined,
  account?: string,
): ApiKeyState {
  const assetLimits = live.assetLimits
    ?.map(({ model: id, ...limits }): LiveAssetLimits => {
      const model = spelled.get(id) ?? id;
      return { model, ...(model === id ? {} : { modelId: id }), ...limits };
    })
    .sort(byModel);
  return present<ApiKeyState>({
    name: live.name,
    budget: live.budget,
    expiresAt: live.expiresAt,
    globalLimits: live.globalLimits,
    assetLimits,
    accessKey,
    accessKeyHint: live.accessKeyHint,
    [ACCOUNT]: account,
  });
}

/** The inputs that would declare what the outputs say: what a refresh or an import hands to the engine. */
export function toInputs(state: ApiKeyState): ApiKeyInputs {
  return present<ApiKeyInputs>({
    name: state.name,
    budget: state.budget,
    expiresAt: state.expiresAt,
    globalLimits: state.globalLimits,
    assetLimits: state.assetLimits?.map(({ modelId: _, ...declared }) => declared),
  });
}

/** A state in the words of a live key: its models by id. */
export const asLive = (state: ApiKeyState): ApiKeyDeclaration => ({
  ...state,
  assetLimits: state.assetLimits?.map(({ modelId, ...limits }) => ({
    ...limits,
    model: modelId ?? limits.model,
  })),
});
