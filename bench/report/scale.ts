import { scaleGoals, timesInert } from "../scale/goals";
import type { ScaleResult } from "../scale/index";
import { type Measurement, OPERATIONS, type Operation, type Subject } from "../scale/model";
import { median } from "../statistics";
import { goalTable, megabytes, seconds, table } from "./markdown";

const wall = ({ runs }: Measurement): number => median(runs.map(({ wallMs }) => wallMs));

const calls = (measurement: Measurement | undefined): string =>
  Object.entries(measurement?.runs.at(-1)?.requests ?? {})
    .map(([route, count]) => `${route} ${count}`)
    .join(", ");

export function scaleReport(result: ScaleResult): string {
  const { throttled } = result;
  return [
    "## Stacks of keys",
    goalTable(scaleGoals(result)),
    "### Calls of the API\n\nBy route, the same with checkpoints and without.",
    callTable(result),
    "### Wall time\n\nSeconds, medians. `inert` is the same program on a provider that makes no calls: the engine's own share. `script` reads and writes each key by itself, one after the other. The ratios are medians of run against run.",
    wallTable(result, true),
    "Without the engine's checkpoints (`PULUMI_EXPERIMENTAL=true PULUMI_SKIP_CHECKPOINTS=true`):",
    wallTable(result, false),
    "### State\n\nBytes of the state file per key.",
    stateTable(result),
    "### The provider process\n\nPeak resident memory in MB (largest of all runs) and CPU time in ms (median), at 0 ms with checkpoints.",
    processTable(result),
    "### A throttled API",
    `An \`up\` of ${throttled.keys} new keys while the API answers 429 above ${throttled.perSecond} calls a second: ${seconds(throttled.wallMs)} s, where the quota allows ${seconds(throttled.quotaMs)} s. Calls: ${callsOf(throttled.requests)}.`,
    "### Pulumi's own levers\n\nOne create each.",
    leverTable(result),
  ].join("\n\n");
}

const callsOf = (requests: Readonly<Record<string, number>>): string =>
  Object.entries(requests)
    .map(([route, count]) => `${route} ${count}`)
    .join(", ");

const sizesOf = (result: ScaleResult): number[] => result.states.map(({ keys }) => keys);

function finder(result: ScaleResult, checkpoints: boolean) {
  return (keys: number, operation: Operation, subject: Subject, latencyMs: number): Measurement | undefined =>
    result.measurements.find(
      (each) =>
        each.keys === keys &&
        each.operation === operation &&
        each.subject === subject &&
        each.latencyMs === latencyMs &&
        each.checkpoints === checkpoints,
    );
}

function callTable(result: ScaleResult): string {
  const find = finder(result, true);
  const rows = OPERATIONS.flatMap((operation) =>
    sizesOf(result).map((keys) => [
      operation,
      keys,
      calls(find(keys, operation, "aixplain", 0)),
      calls(find(keys, operation, "script", 0)),
    ]),
  );
  return table(["operation", "keys", "pulumi-aixplain", "script"], rows);
}

function wallTable(result: ScaleResult, checkpoints: boolean): string {
  const find = finder(result, checkpoints);
  const columns = [
    ["0 ms", "aixplain", 0],
    ["50 ms", "aixplain", 50],
    ["inert", "inert", 0],
    ["script 0 ms", "script", 0],
    ["script 50 ms", "script", 50],
  ] as const;
  const shown = columns.filter(([, subject]) => checkpoints || subject !== "script");
  const ratio = (measurement: Measurement | undefined): string =>
    measurement ? `${timesInert(result, measurement).toFixed(2)}x` : "";
  const rows = OPERATIONS.flatMap((operation) =>
    sizesOf(result).map((keys) => [
      operation,
      keys,
      ...shown.map(([, subject, latency]) => {
        const measurement = find(keys, operation, subject, latency);
        return measurement ? seconds(wall(measurement)) : "";
      }),
      ratio(find(keys, operation, "aixplain", 0)),
      ratio(find(keys, operation, "aixplain", 50)),
    ]),
  );
  return table(["operation", "keys", ...shown.map(([name]) => name), "0 ms/inert", "50 ms/inert"], rows);
}

function stateTable(result: ScaleResult): string {
  return table(
    [
      "keys",
      "per key",
      "native resource",
      "ratio",
      "of it stored provider",
      "of it source position and stack trace",
    ],
    result.states.map((each) => [
      each.keys,
      Math.round(each.bytesPerKey),
      Math.round(each.nativeBytesPerKey),
      `${(each.bytesPerKey / each.nativeBytesPerKey).toFixed(2)}x`,
      Math.round(each.providerBytes),
      Math.round(each.sourcePositionBytes),
    ]),
  );
}

function processTable(result: ScaleResult): string {
  const find = finder(result, true);
  const figures = (measurement: Measurement | undefined): string[] => {
    const runs = measurement?.runs ?? [];
    const peaks = runs.flatMap(({ peakBytes }) => peakBytes ?? []);
    const cpu = runs.flatMap(({ cpuMs }) => cpuMs ?? []);
    return [
      peaks.length > 0 ? megabytes(Math.max(...peaks)) : "",
      cpu.length > 0 ? median(cpu).toFixed(0) : "",
    ];
  };
  const rows = OPERATIONS.flatMap((operation) =>
    sizesOf(result).map((keys) => [
      operation,
      keys,
      ...figures(find(keys, operation, "aixplain", 0)),
      ...figures(find(keys, operation, "inert", 0)),
    ]),
  );
  return table(["operation", "keys", "MB", "CPU ms", "inert MB", "inert CPU ms"], rows);
}

function leverTable(result: ScaleResult): string {
  return table(
    ["lever", "keys", "seconds"],
    result.levers.map(({ name, keys, run }) => [name, keys, seconds(run.wallMs)]),
  );
}
