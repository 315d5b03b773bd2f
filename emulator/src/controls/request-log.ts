import type { AuthKind } from "../wire/authentication.js";

/** One request as it was received and answered. It never holds a full key. */
export interface LoggedRequest {
  method: string;
  /** The route's name, or `undefined` for an address that is not built. */
  route: string | undefined;
  path: string;
  /** 0 when the connection was dropped without an answer. */
  status: number;
  /** When the answer was given, by the emulator's clock, in milliseconds since the epoch. */
  at: number;
  bytesIn: number;
  bytesOut: number;
  auth: AuthKind;
  /** The presented key, masked. */
  keyHint: string;
}

/** The newest requests, oldest first. */
export class RequestLog {
  private entries: LoggedRequest[] = [];

  constructor(private readonly capacity = 20_000) {}

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length >= 2 * this.capacity) this.entries = this.entries.slice(-this.capacity);
  }

  list(): LoggedRequest[] {
    return this.entries.slice(-this.capacity);
  }

  clear(): void {
    this.entries = [];
  }
}
