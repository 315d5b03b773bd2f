import type { RequestCounts } from "../emulator-process";
import type { Goal } from "../goal";
import { median } from "../statistics";
import type { ScaleResult } from "./index";
import type { Measurement, Operation, Subject } from "./model";

const MEGABYTE = 1e6;

type Wanted = Partial<Pick<Measurement, "keys" | "latencyMs" | "checkpoints">>;

const find = (
  result: ScaleResult,
  subject: Subject,
  operation: Operation,
  wanted: Wanted,
): Measurement | undefined =>
  result.measurements.find(
    (each) =>
      each.subject === subject &&
      each.operation === operation &&
      each.keys === wanted.keys &&
      (wanted.latencyMs === undefined || each.latencyMs === wanted.latencyMs) &&
      (wanted.checkpoints === undefined || each.checkpoints === wanted.checkpoints),
  );

/** Calls that are not creates, updates or deletes. */
function otherCalls(requests: RequestCounts, ...purpose: readonly string[]): number {
  return Object.entries(requests)
    .filter(([route]) => !purpose.includes(route))
    .reduce((sum, [, count]) => sum + count, 0);
}

const most = (values: readonly number[]): number => Math.max(...values);

/** The ratio of wall times to the inert provider, run by run. */
export function timesInert(result: ScaleResult, ours: Measurement): number {
  const { keys, checkpoints, operation, runs } = ours;
  const inert = find(result, "inert", operation, { keys, checkpoints })?.runs ?? [];
  return median(runs.map((run, index) => run.wallMs / (inert[index]?.wallMs ?? Number.NaN)));
}

function callGoals(result: ScaleResult, keys: number): Goal[] {
  const runsOf = (operation: Operation) =>
    result.measurements
      .filter((each) => each.subject === "aixplain" && each.keys === keys && each.operation === operation)
      .flatMap(({ runs }) => runs);
  const creates = runsOf("create").map(({ requests }) => requests.createKey ?? 0);
  const goal = (operation: Operation, ...purpose: string[]): Goal => ({
    what: `calls of a ${operation} of ${keys} keys besides ${purpose.length === 0 ? "none" : "its own"}`,
    measured: most(runsOf(operation).map(({ requests }) => otherCalls(requests, ...purpose))),
    atMost: 3,
  });
  return [
    { what: `creating calls for ${keys} new keys`, measured: most(creates), atMost: keys },
    goal("create", "createKey"),
    goal("no-op preview"),
    goal("refresh"),
    goal("one-key change", "updateKey"),
  ];
}

const WALL: readonly [Operation, latencyMs: number, atMost: number][] = [
  ["no-op preview", 0, 1.15],
  ["refresh", 0, 1.15],
  ["create", 0, 1.2],
  ["no-op preview", 50, 1.2],
  ["refresh", 50, 1.2],
];

function wallGoals(result: ScaleResult, keys: number): Goal[] {
  return [true, false].flatMap((checkpoints) =>
    WALL.flatMap(([operation, latencyMs, atMost]): Goal[] => {
      const ours = find(result, "aixplain", operation, { keys, latencyMs, checkpoints });
      if (!ours) return [];
      const what = `wall time of a ${operation} of ${keys} keys at ${latencyMs} ms, checkpoints ${checkpoints ? "on" : "off"}, over the inert provider's`;
      return [{ what, measured: timesInert(result, ours), atMost, unit: "x" }];
    }),
  );
}

function memoryGoals(result: ScaleResult, least: number, keys: number): Goal[] {
  const peak = (size: number): number =>
    most(
      result.measurements
        .filter((each) => each.subject === "aixplain" && each.keys === size)
        .flatMap(({ runs }) => runs.map(({ peakBytes }) => peakBytes ?? Number.NaN)),
    );
  const [small, large] = [peak(least), peak(keys)];
  if (Number.isNaN(small) || Number.isNaN(large)) return [];
  const figures = `${(large / MEGABYTE).toFixed(0)} MB over ${(small / MEGABYTE).toFixed(0)} MB`;
  const what = `peak memory of the provider process at ${keys} keys over that at ${least} (${figures})`;
  return [{ what, measured: large / small, atMost: 1.5, unit: "x" }];
}

/** The goals beside the results. */
export function scaleGoals(result: ScaleResult): Goal[] {
  const sizes = result.states.map(({ keys }) => keys);
  const [least = 0, keys = 0] = [Math.min(...sizes), Math.max(...sizes)];
  const state = result.states.find((each) => each.keys === keys);
  const { throttled } = result;
  return [
    ...callGoals(result, keys),
    ...wallGoals(result, keys),
    {
      what: "state per key over that of a native resource with the same inputs and outputs",
      measured: state ? state.bytesPerKey / state.nativeBytesPerKey : Number.NaN,
      atMost: 1.2,
      unit: "x",
    },
    ...memoryGoals(result, least, keys),
    {
      what: `time of an up of ${throttled.keys} new keys over what a quota of ${throttled.perSecond} calls a second allows`,
      measured: throttled.wallMs / throttled.quotaMs,
      atMost: 1.3,
      unit: "x",
    },
  ];
}
