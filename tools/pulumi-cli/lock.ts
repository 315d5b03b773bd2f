import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { codeOf } from "./errors";

/** A lock that was not refreshed for this long is taken over, because its process was killed. */
const STALE_MS = 15_000;
const POLL_MS = 500;

/** Runs `work` under an exclusive lock on this path. Calls `onWait` once if it has to wait. */
export async function withLock<T>(path: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const release = await acquire(path, onWait);
  try {
    return await work();
  } finally {
    await release().catch((error: unknown) => {
      // Another process took the lock over, for example while this machine was suspended.
      if (codeOf(error) !== "ERELEASED") throw error;
    });
  }
}

async function acquire(path: string, onWait: () => void): Promise<() => Promise<void>> {
  for (let waited = false; ; waited = true) {
    try {
      return await lock(path, {
        lockfilePath: path,
        realpath: false,
        stale: STALE_MS,
        // The lock only avoids duplicate work. The atomic rename in CacheEntry keeps the cache consistent.
        onCompromised: () => undefined,
      });
    } catch (error) {
      if (codeOf(error) !== "ELOCKED") throw error;
    }
    if (!waited) onWait();
    await sleep(POLL_MS);
  }
}
