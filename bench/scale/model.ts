import type { RequestCounts } from "../emulator-process";

export const OPERATIONS = ["create", "no-op preview", "refresh", "one-key change", "destroy"] as const;
export type Operation = (typeof OPERATIONS)[number];

export type Subject = "aixplain" | "plugin" | "inert" | "script";

export interface Setting {
  readonly keys: number;
  readonly subject: Subject;
  /** Added to every answer of the management API. */
  readonly latencyMs: number;
  /** Whether the engine writes the state after every step. */
  readonly checkpoints: boolean;
}

export interface Run {
  readonly wallMs: number;
  readonly requests: RequestCounts;
  /** Of the provider process, if it can be observed. */
  readonly peakBytes?: number | undefined;
  readonly cpuMs?: number | undefined;
}

export interface Measurement extends Setting {
  readonly operation: Operation;
  readonly runs: readonly Run[];
}

/** In bytes of the state file. */
export interface StateSize {
  readonly keys: number;
  readonly bytesPerKey: number;
  /** The same resource in the form of a native provider. */
  readonly nativeBytesPerKey: number;
  /** The part of `bytesPerKey` for source positions. */
  readonly sourcePositionBytes: number;
  readonly providerBytes: number;
}
