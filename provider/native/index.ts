export type { AssetLimits, Limits, LiveAssetLimits, TokenType } from "../core/model";
export type { ApiKeyArgs } from "../program/api-key";
export { ApiKey } from "./api-key";
export { Provider, type ProviderArgs } from "./provider";
