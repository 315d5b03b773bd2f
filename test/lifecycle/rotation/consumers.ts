import { HOUR_MS } from "./oracle";

/** A key as a run handed it out. */
export interface HandedOut {
  /** Its generation. */
  readonly id: string;
  readonly keyId: string;
  readonly accessKey: string;
  /** When it was handed out as current. */
  readonly at: number;
  /** Its expiry on the platform at that time. */
  readonly endsAt: number;
  /** Whether a leak has ended it. */
  readonly hasLeaked: boolean;
}

const DAY_MS = 24 * HOUR_MS;

/** How long after a run consumers read what it handed out: until the last millisecond of an overlap of 7 days. */
const LATE = [0, 13 * HOUR_MS, 3 * DAY_MS, 7 * DAY_MS - 1];

/** Everybody who uses the current key: one that the update itself hands it to, and others that read the stack's outputs. */
export class Consumers {
  private outputs: HandedOut[] = [];
  private updated: string | undefined;

  /** The update gives the key to its consumer. */
  update(accessKey: string): void {
    this.updated = accessKey;
  }

  /** The run has ended, and its outputs can be read. */
  handOut(key: HandedOut): void {
    this.outputs.push(key);
  }

  /** Everything that was handed out until now has leaked and is to be of no use any more. */
  leaked(): void {
    this.outputs = this.outputs.map((each) => ({ ...each, hasLeaked: true }));
  }

  /** Who uses which key at a time. */
  holding(now: number): { readonly title: string; readonly key: HandedOut }[] {
    const last = this.outputs.filter(({ accessKey }) => accessKey === this.updated).at(-1);
    const readers = LATE.flatMap((late) => {
      const key = this.outputs.filter(({ at }) => at <= now - late).at(-1);
      return key ? [{ title: `a consumer that reads ${late / HOUR_MS} hours late`, key }] : [];
    });
    return [...(last ? [{ title: "the consumer of the update", key: last }] : []), ...readers];
  }
}
