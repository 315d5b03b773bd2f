export type { AssetLimits, Limits, LiveAssetLimits, TokenType } from "../core/model";
export type { SchedulePiece } from "../core/rotation/schedule";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "../core/usage";
export type { ApiKeyArgs } from "../program/api-key";
export type { RotatingApiKeyArgs } from "../program/rotation/args";
export type { UsedToday } from "../program/rotation/rotating-key";
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
export { RotatingApiKey } from "./rotating-api-key";
