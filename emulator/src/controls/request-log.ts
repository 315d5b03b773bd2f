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

/** What an entry takes beside its texts: an object with nine fields, roughly. */
const BYTES_PER_ENTRY = 200;

const sizeOf = ({ path, keyHint }: LoggedRequest): number =>
  BYTES_PER_ENTRY + 2 * (path.length + keyHint.length);

/** The newest requests, oldest first: as many as both bounds allow. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  /** Index of the oldest entry that counts: what lies before it is dropped from time to time. */
  private first = 0;
  private bytes = 0;

  constructor(
    private readonly capacity = 20_000,
    private readonly maxBytes = 16 * 1_048_576,
  ) {}

  add(entry: LoggedRequest): void {
    this.entries.push(entry);
    this.bytes += sizeOf(entry);
    while (this.entries.length - this.first > this.capacity || this.bytes > this.maxBytes) this.forget();
  }

  list(): LoggedRequest[] {
    return this.entries.slice(this.first);
  }

  clear(): void {
    this.entries = [];
    this.first = 0;
    this.bytes = 0;
  }

  private forget(): void {
    const oldest = this.entries[this.first];
    if (oldest === undefined) return;
    this.bytes -= sizeOf(oldest);
    this.first += 1;
    if (this.first < 1_000) return;
    this.entries = this.entries.slice(this.first);
    this.first = 0;
  }
}
