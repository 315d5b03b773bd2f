export type { GetApiKeyResult, GetApiKeysResult, GetModelResult } from "./core/look-ups";
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
export type { SchedulePiece } from "./core/rotation/schedule";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "./core/usage";
export type { ApiKeyArgs, ExistingApiKey } from "./program/api-key";
export { ApiKey } from "./program/api-key";
export { ApiKeySet } from "./program/api-key-set";
export type { ApiKeySetArgs, ApiKeySetEnvironment, ApiKeySetMember, ApiKeySetPart } from "./program/key-set";
export type { GetApiKeyArgs, GetApiKeysArgs, GetModelArgs, LookUpOptions } from "./program/look-ups";
export {
  getApiKey,
  getApiKeyOutput,
  getApiKeys,
  getApiKeysOutput,
  getModel,
  getModelOutput,
} from "./program/look-ups";
export { RotatingApiKey } from "./program/rotating-api-key";
export type { RotatingApiKeyArgs } from "./program/rotation/args";
export type { UsedToday } from "./program/rotation/rotating-key";
export type {
  GetModelUsageArgs,
  GetModelUsageOutputArgs,
  GetUsageArgs,
  GetUsageOutputArgs,
  ModelUsage,
} from "./program/usage";
export { getModelUsage, getModelUsageOutput, getUsage, getUsageOutput } from "./program/usage";
export type { SettingsOverrides } from "./settings";
