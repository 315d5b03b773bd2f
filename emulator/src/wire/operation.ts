import type { ApiKey } from "../account/api-key.js";
import type { Platform } from "./platform.js";

/** What an operation gets: who calls, the address's own parts and the parsed body. */
export interface Call {
  readonly platform: Platform;
  readonly caller: ApiKey;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly now: number;
  /** The scheme and host under which the caller reached the emulator. */
  origin(): string;
  /** Set by a fault: the update or create passes over these fields of its body. */
  readonly ignoredFields: readonly string[];
  /** Set by a fault: the answer comes from an older view of the account. */
  readonly stale: { hideNewerThanMs: number | undefined } | undefined;
}

/** A JSON answer, or lines of an event stream. */
export type Answer =
  /** `text` writes the body as JSON, where that is faster than the general way. */
  { status: number; body: unknown; text?: () => string } | { status: number; events: string[] };

export type Operation = (call: Call) => Answer;

export const ok = (body: unknown): { status: number; body: unknown } => ({ status: 200, body });
