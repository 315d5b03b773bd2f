export type { ApiKey } from "./account/api-key.js";
export type { Assumptions } from "./account/assumptions.js";
export type { Clock, Instant } from "./account/clock.js";
export type { AssetLimits, Limits, TokenType, WrittenLimits } from "./account/limits.js";
export type { EmulatorControls, KeyEdit } from "./controls/controls.js";
export type { Fault } from "./controls/faults.js";
export type { LoggedRequest } from "./controls/request-log.js";
export type { Seed } from "./controls/seed.js";
export type { Snapshot } from "./controls/snapshot.js";
export {
  createEmulator,
  type Emulator,
  type InProcessEmulator,
  startEmulator,
} from "./emulator.js";
export { EmulatorError } from "./errors.js";
export type { InjectedRequest, InjectedResponse } from "./http/in-memory-connection.js";
export type { EmulatorOptions } from "./options.js";
export type { CatalogueModel } from "./runs/catalogue.js";
export { defaultCatalogue } from "./runs/catalogue.js";
export type { RouteName } from "./wire/route-name.js";
