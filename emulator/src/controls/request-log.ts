import type { AuthKind } from "../wire/authentication.js";

export interface LoggedRequest {
  method: string;
  route: string | undefined;
  /** Without query, keys masked, at most 512 characters. */
  path: string;
  /** 0 for a dropped connection. */
  status: number;
  /** When it was answered, in milliseconds since the epoch by the emulator's clock. */
  at: number;
  bytesIn: number;
  bytesOut: number;
  auth: AuthKind;
  keyHint: string;
}

/**
 * The newest requests, oldest first, at most about 25 MB. Reuses the oldest entry: long-lived objects are expensive.
 */
export class RequestLog {
  private readonly entries: LoggedRequest[] = [];
  private oldest = 0;

  constructor(private readonly capacity = 20_000) {}

  add(entry: LoggedRequest): void {
    const place = this.entries[this.oldest];
    if (this.entries.length < this.capacity || place === undefined) {
      this.entries.push(entry);
      return;
    }
    place.method = entry.method;
    place.route = entry.route;
    place.path = entry.path;
    place.status = entry.status;
    place.at = entry.at;
    place.bytesIn = entry.bytesIn;
    place.bytesOut = entry.bytesOut;
    place.auth = entry.auth;
    place.keyHint = entry.keyHint;
    this.oldest = (this.oldest + 1) % this.capacity;
  }

  list(): LoggedRequest[] {
    const { entries, oldest } = this;
    return [...entries.slice(oldest), ...entries.slice(0, oldest)].map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.entries.length = 0;
    this.oldest = 0;
  }
}
