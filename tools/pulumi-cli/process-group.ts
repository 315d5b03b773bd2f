import { type ChildProcess, spawnSync } from "node:child_process";
import { onExit } from "signal-exit";
import { descendantsOf } from "./descendants";
import { codeOf } from "./errors";

/** Sends `signal` to a child and its process group, as a terminal would. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") killTree(child);
  else send(-child.pid, signal);
}

/** Kills a child and all its descendants, in whatever group: Pulumi starts each plugin in a group of its own. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  // Listed first: an orphan has another parent.
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
 * Ties a child to this process until the returned function is called. A child in a group of its own gets no Ctrl-C from
 * the terminal: a signal that ends this process is forwarded, and remaining children are killed when this process exits.
 */
export function follow(child: ChildProcess): () => void {
  return onExit((_code, signal) => (signal === null ? killTree(child) : signalGroup(child, signal)));
}
