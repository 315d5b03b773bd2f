import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./errors";

const HEARTBEAT_MS = 5_000;
/** A lock of another machine (a shared home directory) counts as left behind after this long without a heartbeat. */
const STALE_MS = 60_000;
const POLL_MS = 500;

/**
 * Runs `work` while no other process does, on this lock file. It only saves double work: what keeps the cache whole is the atomic rename, so the
 * moment in which two processes clear the same stale lock is harmless.
 */
export async function withLock<T>(
  file: string,
  onWait: (owner: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let waited = false;
  while (!tryLock(file)) {
    if (isStale(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!waited) onWait(readOwner(file)?.text ?? "another process");
    waited = true;
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return codeOf(error) === "EPERM";
  }
}

function tryLock(file: string): boolean {
  try {
    const descriptor = openSync(file, "wx");
    writeSync(descriptor, `${process.pid} ${hostname()}`);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function isStale(file: string): boolean {
  const owner = readOwner(file);
  if (owner === undefined) return false;
  if (owner.host === hostname() && !isAlive(owner.pid)) return true;
  return Date.now() - owner.beat > STALE_MS;
}

/** Undefined when the lock has just been released, or is just being written. */
function readOwner(file: string): { pid: number; host: string; beat: number; text: string } | undefined {
  try {
    const beat = statSync(file).mtimeMs;
    const [pid = "", host = ""] = readFileSync(file, "utf8").split(" ");
    if (host === "" && Date.now() - beat <= STALE_MS) return undefined;
    return { pid: Number(pid), host, beat, text: `process ${pid}` };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function touch(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}
