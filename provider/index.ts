export { ApiKey, type ApiKeyArgs } from "./api-key";
export type { AssetLimits, Limits, LiveAssetLimits, TokenType } from "./core/model";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "./core/usage";
export type { SettingsOverrides } from "./settings";
export { type GetModelUsageArgs, type GetUsageArgs, getModelUsage, getUsage, type ModelUsage } from "./usage";
