import type { RequestCounts } from "../emulator-process";

export const OPERATIONS = ["create", "no-op preview", "refresh", "one-key change", "destroy"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Who manages the keys: this package by either front door, a provider that does nothing, or a script without Pulumi. */
export type Subject = "aixplain" | "plugin" | "inert" | "script";

/** What is measured apart from all others. */
export interface Setting {
  readonly keys: number;
  readonly subject: Subject;
  /** Added to every answer of the management API; 0 for a subject that makes no calls. */
  readonly latencyMs: number;
  /** Whether the engine writes the state after every step, as it does by default. */
  readonly checkpoints: boolean;
}

/** One operation, done once. */
export interface Run {
  readonly wallMs: number;
  readonly requests: RequestCounts;
  /** Of the provider process; absent where there is none, or no way to see it. */
  readonly peakBytes?: number | undefined;
  readonly cpuMs?: number | undefined;
}

/** All runs of one operation in one setting. */
export interface Measurement extends Setting {
  readonly operation: Operation;
  readonly runs: readonly Run[];
}

/** What lies in the state for each key, in bytes of the state file. */
export interface StateSize {
  readonly keys: number;
  readonly bytesPerKey: number;
  /** The same inputs and outputs as a native resource holds them: no stored provider, no seed of a name. */
  readonly nativeBytesPerKey: number;
  /** The part of `bytesPerKey` that says where in the program the resource stands. */
  readonly sourcePositionBytes: number;
  readonly providerBytes: number;
}
