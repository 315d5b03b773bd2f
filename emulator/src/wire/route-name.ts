export const ROUTE_NAMES = [
  "listKeys",
  "createKey",
  "getKey",
  "updateKey",
  "deleteKey",
  "keyUsage",
  "ownUsage",
  "getModel",
  "runModel",
  "pollRun",
] as const;
export type RouteName = (typeof ROUTE_NAMES)[number];
