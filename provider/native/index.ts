export type { AssetLimits, Limits, LiveAssetLimits, TokenType } from "../core/model";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "../core/usage";
export type { ApiKeyArgs } from "../program/api-key";
export { ApiKey } from "./api-key";
export {
  type GetApiKeyArgs,
  type GetApiKeyResult,
  type GetApiKeysResult,
  type GetModelArgs,
  type GetModelResult,
  type GetUsageArgs,
  getApiKey,
  getApiKeyOutput,
  getApiKeys,
  getApiKeysOutput,
  getModel,
  getModelOutput,
  getUsage,
  getUsageOutput,
} from "./functions";
export { Provider, type ProviderArgs } from "./provider";
