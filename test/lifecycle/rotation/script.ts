import type { Fault } from "../../../emulator/src/index";
import { type Declared, HOUR_MS } from "./oracle";

/** What is special about a run. */
export interface RunEvent {
  /** When on its day, in milliseconds since midnight UTC. */
  readonly at?: number;
  /** How far the clock of the runner is ahead of the platform's, in milliseconds. */
  readonly skew?: number;
  /** `aixplain:now`, in milliseconds since the midnight of the day. */
  readonly fixed?: number;
  readonly maxKeys?: "full";
  readonly faults?: readonly Fault[];
  /** After how many writes the engine dies; `memory`: after the memory was written. */
  readonly dies?: number | "memory";
  /** The update of the consumers fails. */
  readonly consumersFail?: boolean;
  /** What the program declares from this run on. */
  readonly declares?: Declared;
  /** What it declares in this run alone. */
  readonly tries?: Declared;
  /** The trigger from this run on. */
  readonly trigger?: string | undefined;
  readonly leaks?: boolean;
  /** The rule for whose sake the run is refused. */
  readonly refusedBy?: string;
}

const BASE: Declared = { anchor: "2028-01-01", every: 30, overlap: 7 };
const CHANGED: Declared = { ...BASE, schedule: [{ from: "2028-11-21", every: 10 }] };

export const BEGINS = "2028-01-01";
export const DAYS = 366;
export const FIRST = BASE;

const LAST_MS = 24 * HOUR_MS - 1;
const lost = (route: "createKey" | "deleteKey"): readonly Fault[] => [{ kind: "drop-after", route }];

/** Days on which no run takes place: around rotations, for two weeks, and for longer than a whole generation. */
export const MISSED: readonly (readonly [from: string, to: string])[] = [
  ["2028-02-20", "2028-02-21"],
  ["2028-03-01", "2028-03-02"],
  ["2028-04-29", "2028-05-13"],
  ["2028-08-24", "2028-10-11"],
];

/**
 * A year in the life of a key. The schedule of 30 days starts generations on 01-01, 01-31, 03-01, 03-31, 04-30, 05-30,
 * 06-29, 07-29, 08-28, 09-27, 10-27 and 11-26; each retires 7 days after the next start.
 */
export const SCRIPT: Readonly<Record<string, readonly RunEvent[]>> = {
  // The first instant of the first generation, and the last of it.
  "2028-01-01": [{ at: 0 }],
  "2028-01-30": [{ at: LAST_MS }],
  "2028-01-31": [{ at: 0 }, { at: HOUR_MS, fixed: -2 * HOUR_MS, refusedBy: "1" }],
  "2028-02-05": [{ trigger: "a" }],
  "2028-02-06": [{ at: LAST_MS }],
  "2028-02-07": [{ at: 0 }],
  "2028-02-10": [
    { skew: 48 * HOUR_MS, refusedBy: "5" },
    { skew: -HOUR_MS, refusedBy: "5" },
    { skew: 4 * 60_000 },
  ],
  "2028-02-12": [{ fixed: 72 * HOUR_MS, refusedBy: "5" }, {}],
  // The leap day, and a preview of it that is applied on the day after.
  "2028-02-29": [{ at: LAST_MS }],
  "2028-03-30": [{ at: LAST_MS, fixed: 23 * HOUR_MS }],
  "2028-03-31": [{ at: 1, fixed: -1 * HOUR_MS }, { dies: 1 }],
  "2028-05-30": [{ faults: lost("createKey") }],
  "2028-06-06": [{ consumersFail: true }, { dies: 1 }],
  "2028-06-07": [{ faults: lost("deleteKey") }],
  "2028-06-15": [
    { trigger: "b", leaks: true },
    { trigger: "c", leaks: true },
  ],
  "2028-06-20": [{ trigger: undefined }],
  "2028-06-21": [{ trigger: "d" }],
  "2028-06-29": [{ dies: "memory" }],
  "2028-07-02": [{ trigger: "e", leaks: true }],
  "2028-07-29": [{ maxKeys: "full", refusedBy: "9" }],
  "2028-10-27": [
    { faults: [{ kind: "status", route: "createKey", status: 500, times: "always" }] },
    { faults: lost("createKey") },
  ],
  "2028-11-10": [
    { tries: { ...BASE, every: 10 }, refusedBy: "10" },
    { tries: { ...BASE, anchor: "2028-01-05" }, refusedBy: "10" },
    { tries: { ...BASE, schedule: [{ from: "2028-11-10", every: 10 }] }, refusedBy: "10" },
    { declares: CHANGED },
  ],
};
