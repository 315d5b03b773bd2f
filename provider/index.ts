export type {
  Adoption,
  AssetLimits,
  Boost,
  BoostedLimits,
  DeletionPolicy,
  Limits,
  LiveAssetLimits,
  TokenType,
} from "./core/model";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "./core/usage";
export type { ApiKeyArgs, ExistingApiKey } from "./program/api-key";
export { ApiKey } from "./program/api-key";
export type {
  GetModelUsageArgs,
  GetModelUsageOutputArgs,
  GetUsageArgs,
  GetUsageOutputArgs,
  ModelUsage,
} from "./program/usage";
export { getModelUsage, getModelUsageOutput, getUsage, getUsageOutput } from "./program/usage";
export type { SettingsOverrides } from "./settings";
