export type { AssetLimits, Limits, LiveAssetLimits, TokenType } from "./core/model";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "./core/usage";
export { ApiKey, type ApiKeyArgs } from "./program/api-key";
export {
  type GetModelUsageArgs,
  type GetUsageArgs,
  getModelUsage,
  getUsage,
  type ModelUsage,
} from "./program/usage";
export type { SettingsOverrides } from "./settings";
