import type { Door, DoorResult } from "../doors/index";
import { OPERATIONS, type Operation } from "../scale/model";
import { median } from "../statistics";
import { seconds, table } from "./markdown";

export function doorsReport({ keys, measurements, stateBytes }: DoorResult): string {
  const of = (door: Door, operation: Operation): number =>
    median(measurements.find((each) => each.door === door && each.operation === operation)?.wallMs ?? []);
  const rows = OPERATIONS.map((operation) => {
    const [dynamic, plugin] = [of("aixplain", operation), of("plugin", operation)];
    return [operation, seconds(dynamic), seconds(plugin), (plugin / dynamic).toFixed(2)];
  });
  const perKey = (door: Door): string => (stateBytes[door] / keys).toFixed(0);
  const state = (stateBytes.plugin / stateBytes.aixplain).toFixed(2);
  return [
    `## Two front doors, ${keys} keys`,
    "The dynamic provider and the plugin with the same declarations, side by side. Medians in seconds; bytes of the state file per key.",
    table(
      ["what", "dynamic", "plugin", "ratio"],
      [...rows, ["state, bytes per key", perKey("aixplain"), perKey("plugin"), state]],
    ),
  ].join("\n\n");
}
