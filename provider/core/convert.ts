import { canonicalExpiry } from "./expiry";
import { canonicalLimits } from "./limits";
import type { ApiKeyInputs, ApiKeyState, AssetLimits, Limits, LiveAssetLimits, LiveKey } from "./model";
import { present } from "./present";
import { hintOf } from "./secret";
import type { WireKey, WireKeyBody, WireLimits, WireLimitsBody } from "./wire";

/** The one place that maps the words of this package to the words of the wire, and back. */

/** From a model as it was declared (a path or an id) to its id. */
export type ModelIds = ReadonlyMap<string, string>;

const limitsToWire = (limits: Limits): WireLimitsBody => ({
  tpm: limits.tokensPerMinute ?? null,
  tpd: limits.tokensPerDay ?? null,
  rpm: limits.requestsPerMinute ?? null,
  rpd: limits.requestsPerDay ?? null,
  tokenType: limits.tokenType ?? "total",
});

const limitsFromWire = (wire: WireLimits | null | undefined): Limits | undefined =>
  wire
    ? canonicalLimits({
        tokensPerMinute: wire.tpm ?? null,
        tokensPerDay: wire.tpd ?? null,
        requestsPerMinute: wire.rpm ?? null,
        requestsPerDay: wire.rpd ?? null,
        tokenType: wire.tokenType ?? null,
      })
    : undefined;

/** `model` is an id unless it was resolved from something else. */
export const modelId = (model: string, ids: ModelIds): string => ids.get(model) ?? model;

export function toWire(inputs: ApiKeyInputs, ids: ModelIds): WireKeyBody {
  return {
    name: inputs.name,
    budget: inputs.budget ?? null,
    globalLimits: inputs.globalLimits ? limitsToWire(inputs.globalLimits) : null,
    assetsLimits: (inputs.assetLimits ?? []).map((each) => ({
      assetId: modelId(each.model, ids),
      ...limitsToWire(each),
    })),
    // The spelling with which the platform's own SDK writes an expiry.
    expiresAt: inputs.expiresAt === undefined ? null : `${inputs.expiresAt}T00:00:00.000000Z`,
  };
}

const byModel = (a: AssetLimits, b: AssetLimits): number =>
  a.model < b.model ? -1 : a.model > b.model ? 1 : 0;

export function fromWire(wire: WireKey): LiveKey {
  const assets = (wire.assetsLimits ?? [])
    .flatMap((each): AssetLimits[] => {
      const limits = limitsFromWire(each);
      return limits ? [{ model: each.assetId, ...limits }] : [];
    })
    .sort(byModel);
  return present<LiveKey>({
    id: wire.id,
    name: wire.name,
    accessKeyHint: wire.accessKey ? hintOf(wire.accessKey) : "",
    isAdmin: wire.isAdmin ?? false,
    budget: wire.budget ?? undefined,
    expiresAt: wire.expiresAt ? canonicalExpiry(wire.expiresAt) : undefined,
    globalLimits: limitsFromWire(wire.globalLimits),
    assetLimits: assets.length > 0 ? assets : undefined,
  });
}

/**
 * The outputs for a live key. `spelled` says under which spelling the program knows a model id; `accessKey` is the
 * secret from the create answer or from the state.
 */
export function toState(
  live: LiveKey,
  spelled: ReadonlyMap<string, string>,
  accessKey: string | undefined,
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
