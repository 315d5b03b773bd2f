export type { ApiKey, AssetLimits, Limits, TokenType } from "./api-key.js";
export type { CatalogueModel } from "./catalogue.js";
export { defaultCatalogue } from "./catalogue.js";
export type { Clock, Instant } from "./clock.js";
export type { EmulatorControls, KeyEdit, KeyEditLimits } from "./controls.js";
export {
  createEmulator,
  type Emulator,
  type InProcessEmulator,
  startEmulator,
} from "./emulator.js";
export { EmulatorError } from "./errors.js";
export type { Fault } from "./faults.js";
export type { InjectedRequest, InjectedResponse } from "./in-memory-connection.js";
export type { EmulatorOptions } from "./options.js";
export type { LoggedRequest } from "./request-log.js";
export type { RouteName } from "./route-name.js";
export type { Snapshot } from "./snapshot.js";
