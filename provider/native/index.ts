export type {
  GetApiKeyArgs,
  GetApiKeyResult,
  GetApiKeysArgs,
  GetApiKeysResult,
  GetModelArgs,
  GetModelResult,
} from "../core/look-ups";
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
export type { SchedulePiece } from "../core/rotation/schedule";
export type { ApiKeyUsage, ScopeUsage, UsageReading } from "../core/usage";
export type { ApiKeyArgs } from "../program/api-key";
export type { ApiKeySetArgs, ApiKeySetEnvironment, ApiKeySetMember, ApiKeySetPart } from "../program/key-set";
export type { RotatingApiKeyArgs } from "../program/rotation/args";
export type { UsedToday } from "../program/rotation/rotating-key";
export { ApiKey } from "./api-key";
export { ApiKeySet } from "./api-key-set";
export type { GetUsageArgs, InvokeOutputOptions } from "./functions";
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
