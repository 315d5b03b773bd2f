import { type ApiKey, mask } from "../account/api-key.js";
import type { Ledger, Scope } from "../account/ledger.js";
import type { AssetLimits, Limits } from "../account/limits.js";
import type { Window } from "../account/window.js";
import type { CatalogueModel } from "../runs/catalogue.js";

export const toWireKey = (key: ApiKey, show: "masked" | "in full"): WireKey => ({
  id: key.id,
  name: key.name,
  accessKey: show === "masked" ? mask(key.accessKey) : key.accessKey,
  budget: key.budget,
  globalLimits: key.globalLimits,
  assetsLimits: key.assetsLimits,
  expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
  isAdmin: key.isAdmin,
});

export interface WireKey {
  id: string;
  name: string;
  accessKey: string;
  budget: number | null;
  globalLimits: Limits | null;
  assetsLimits: readonly AssetLimits[];
  expiresAt: string | null;
  isAdmin: boolean;
}

export interface WireUsage {
  requestCount: number | null;
  requestCountLimit: number | null;
  tokenCount: number | null;
  tokenCountLimit: number | null;
  assetId?: string;
}

/** Today's rows: the whole key, then each model that is limited or was run today. */
export function toWireUsage(ledger: Ledger): WireUsage[] {
  const assets = ledger
    .models()
    .filter(({ minute, day }) => day.requestCount > 0 || isLimited(minute) || isLimited(day));
  return [usageRow(ledger.whole), ...assets.map(usageRow)];
}

const isLimited = ({ limits }: Window): boolean => limits.requests !== null || limits.tokens !== null;

const usageRow = ({ assetId, day }: Scope): WireUsage => ({
  requestCount: day.requestCount,
  requestCountLimit: day.limits.requests,
  tokenCount: day.tokenCount,
  tokenCountLimit: day.limits.tokens,
  ...(assetId === null ? {} : { assetId }),
});

const param = (name: string, required: boolean, dataType: string): Record<string, unknown> => ({
  name,
  required,
  dataType,
  dataSubType: dataType,
  defaultValues: [],
  availableOptions: [],
  multipleValues: false,
  isFixed: false,
});

/** As `/sdk/models/{id}` returns it. `/v2/models` adds the path and has its attributes as a map. */
export const toWireModel = (model: CatalogueModel, generation: "v1" | "v2"): Record<string, unknown> => ({
  id: model.id,
  name: model.name,
  description: `${model.name}, emulated: returns fixed words and real token counts.`,
  ...(generation === "v2" && model.path !== undefined ? { path: model.path } : {}),
  function: { id: "text-generation", name: "Text Generation" },
  supplier: { id: 1, name: model.supplier, code: model.supplier.toLowerCase() },
  version: { id: "1.0" },
  pricing: { currency: "USD", value: model.inputPrice },
  params: [
    param("text", true, "text"),
    param("max_tokens", false, "number"),
    param("temperature", false, "number"),
  ],
  attributes: generation === "v2" ? {} : [],
  status: "onboarded",
  functionType: "ai",
  host: "emulator",
  connectionType: [model.connection],
  supportsStreaming: model.supportsStreaming,
});
