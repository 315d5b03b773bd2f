import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Transport } from "../api/http";
import { AixplainError } from "../core/errors";

class CancelledError extends AixplainError {
  override readonly name = "CancelledError";
}

/**
 * On cancellation, ends waits and starts no new read, but lets writes finish: the state needs their answers. A read
 * that a write needs is still made.
 */
export class Cancellation {
  private readonly controller = new AbortController();

  constructor() {
    setMaxListeners(0, this.controller.signal);
  }

  cancel(): void {
    this.controller.abort(
      new CancelledError("cancelled before it was done: run the command again to continue"),
    );
  }

  /** Milliseconds. @throws CancelledError on cancellation */
  readonly sleep = async (ms: number): Promise<void> => {
    const { signal } = this.controller;
    signal.throwIfAborted();
    try {
      await sleep(ms, undefined, { signal });
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  };

  /** Starts no write after the cancellation. */
  over(transport: Transport): Transport {
    const { signal } = this.controller;
    return (request) => {
      if (request.method === "GET")
        return signal.aborted ? transport(request) : this.unless(transport(request));
      signal.throwIfAborted();
      return transport(request);
    };
  }

  private async unless<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.controller;
    let stop = (): void => undefined;
    const cancelled = new Promise<never>((_, reject) => {
      stop = () => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
    });
    try {
      return await Promise.race([work, cancelled]);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }
}
