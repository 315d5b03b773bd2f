import { type Emulator, startEmulator } from "aixplain-emulator";
import { z } from "zod";
import { BenchError } from "../errors";
import { type CallCounts, CallTally } from "./call-tally";

export interface AccountOptions {
  readonly perSecond: number;
  readonly maxKeys: number;
}

const keys = z.array(z.object({ id: z.string(), name: z.string(), isAdmin: z.boolean() }));
export type ListedKey = Pick<z.infer<typeof keys>[number], "id" | "name">;

export interface Listing {
  readonly keys: readonly ListedKey[];
  readonly bytes: number;
  readonly ms: number;
}

/** One account of the platform with a quota, and a count of its calls. */
export class Account {
  private constructor(
    private readonly emulator: Emulator,
    private readonly tally: CallTally,
  ) {}

  static async start({ perSecond, maxKeys }: AccountOptions): Promise<Account> {
    const tally = new CallTally();
    const emulator = await startEmulator({
      managementRateLimit: { perSecond },
      maxKeys,
      log: (line) => tally.add(line),
    });
    return new Account(emulator, tally);
  }

  /** The environment of a runner that uses it. */
  get env(): Readonly<Record<string, string>> {
    return { AIXPLAIN_API_KEY: this.emulator.adminKey, BACKEND_URL: this.emulator.url };
  }

  takeCalls(): CallCounts {
    return this.tally.take();
  }

  /** Reads the keys over HTTP, in one page, without the admin key. */
  async list(): Promise<Listing> {
    const started = performance.now();
    const answer = await fetch(`${this.emulator.url}/sdk/api-keys`, {
      headers: { "x-api-key": this.emulator.adminKey },
    });
    const text = await answer.text();
    const ms = performance.now() - started;
    if (!answer.ok) throw new BenchError(`the list of keys answered ${answer.status}`);
    const listed = keys.parse(JSON.parse(text)).filter(({ isAdmin }) => !isAdmin);
    return { keys: listed, bytes: Buffer.byteLength(text), ms };
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}
