import { type ChildProcess, spawnSync } from "node:child_process";
import { descendantsOf } from "./descendants";
import { codeOf } from "./errors";

const FOLLOWED = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const live = new Set<ChildProcess>();
const handlers = new Map<NodeJS.Signals, () => void>();

/** Sends `signal` to a child and its process group, as a terminal would. A group that is already gone is fine. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") killTree(child);
  else send(-child.pid, signal);
}

/** Kills a child and everything it started, in whatever group. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  // Listed before the kill: afterwards nobody knows whose they were.
  const descendants = descendantsOf(child.pid);
  for (const pid of [-child.pid, ...descendants]) send(pid, "SIGKILL");
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

/**
 * Ties a child to this process: a group of its own gets no Ctrl-C from the terminal, so what interrupts this process is passed on (and
 * the child may still put its things in order), and what is left when this process exits is killed. Returns the function that unties it.
 */
export function follow(child: ChildProcess): () => void {
  if (live.size === 0) listen();
  live.add(child);
  return () => {
    if (live.delete(child) && live.size === 0) unlisten();
  };
}

function listen(): void {
  for (const signal of FOLLOWED) {
    const handler = () => {
      for (const child of live) signalGroup(child, signal);
      // With no other listener the signal would have ended this process, and so it still does.
      if (process.listenerCount(signal) > 1) return;
      unlisten();
      process.kill(process.pid, signal);
    };
    handlers.set(signal, handler);
    process.on(signal, handler);
  }
  process.on("exit", killAll);
}

function unlisten(): void {
  for (const [signal, handler] of handlers) process.removeListener(signal, handler);
  handlers.clear();
  process.removeListener("exit", killAll);
}

function killAll(): void {
  for (const child of live) killTree(child);
}
