import type { ApiKey } from "../account/api-key.js";
import type { Platform } from "./platform.js";

export interface Call {
  readonly platform: Platform;
  readonly caller: ApiKey;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly now: number;
  origin(): string;
  /** By a fault: ignore these fields of the body. */
  readonly ignoredFields: readonly string[];
  /** By a fault: answer from an older view of the account. */
  readonly stale: { hideNewerThanMs: number | undefined } | undefined;
}

export type Answer =
  /** `text` is the same body as JSON, written faster than in general. */
  { status: number; body: unknown; text?: string } | { status: number; events: string[] };

export type Operation = (call: Call) => Answer;

export const ok = (body: unknown): { status: number; body: unknown } => ({ status: 200, body });
