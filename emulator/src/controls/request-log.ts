import type { AuthKind } from "../wire/authentication.js";

/** One request as it was received and answered. It never holds a full key. */
export interface LoggedRequest {
  method: string;
  /** The route's name, or `undefined` for an address that is not built. */
  route: string | undefined;
  /** Without its query, access keys masked, cut to 512 characters. */
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

/**
 * The newest requests, oldest first. Bounded in bytes by their number and by the lengths of their texts: about 25 MB.
 * When it is full, the oldest entry is written over: an object that is kept for long costs far more than one that is not.
 */
export class RequestLog {
  private readonly entries: LoggedRequest[] = [];
  /** Index of the oldest entry, once it is full. */
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
