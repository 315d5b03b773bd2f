import { spawn } from "node:child_process";
import { ProcessError } from "./errors";
import { exitCode } from "./process";
import { signalGroup } from "./process-group";

/**
 * Runs a program with this process's terminal and signals. On a terminal Ctrl-C reaches the child directly, elsewhere
 * it is forwarded to the child's process group: Pulumi must see one interrupt, because a second one terminates it at
 * once.
 */
export function passThrough(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const ownGroup = process.stdin.isTTY !== true && process.platform !== "win32";
    const child = spawn(file, args, { env, stdio: "inherit", detached: ownGroup });
    const forward = (signal: NodeJS.Signals) => {
      if (ownGroup) signalGroup(child, signal);
      else if (signal !== "SIGINT") child.kill(signal);
    };
    const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const settle = () => {
      for (const signal of signals) process.removeListener(signal, forward);
    };
    child.once("error", (cause) => {
      settle();
      reject(new ProcessError(`${file} did not start: ${cause.message}`, "", "", { cause }));
    });
    child.once("exit", (code, killedBy) => {
      settle();
      resolve(exitCode(code, killedBy));
    });
  });
}
