export type {
  Adoption,
  AssetLimits,
  Boost,
  BoostedLimits,
  DeletionPolicy,
  Limits,
  LiveAssetLimits,
  TokenType,
} from "../core/model";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "../core/usage";
export type { ApiKeyArgs } from "../program/api-key";
export { ApiKey } from "./api-key";
export type {
  GetApiKeyArgs,
  GetApiKeyResult,
  GetApiKeysResult,
  GetModelArgs,
  GetModelResult,
  GetUsageArgs,
  InvokeOutputOptions,
} from "./functions";
export {
  getApiKey,
  getApiKeyOutput,
  getApiKeys,
  getApiKeysOutput,
  getModel,
  getModelOutput,
  getUsage,
  getUsageOutput,
} from "./functions";
export type { ProviderArgs } from "./provider";
export { Provider } from "./provider";
