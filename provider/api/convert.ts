import { canonicalExpiry } from "../core/expiry";
import { byModel, canonicalLimits } from "../core/limits";
import type { ApiKeyInputs, AssetLimits, Limits, LiveKey } from "../core/model";
import { type ModelIds, modelId } from "../core/model-ids";
import { present } from "../core/present";
import { hintOf } from "../core/secret";
import type { WireKey, WireKeyBody, WireLimits, WireLimitsBody } from "./wire";

/** The one place that maps the words of this package to the words of the wire, and back. */

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
