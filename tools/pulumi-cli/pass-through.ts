import { spawn } from "node:child_process";
import { ProcessError } from "./errors";
import { exitCode } from "./process";
import { signalGroup } from "./process-group";

/**
 * Runs a program in this process's place: its terminal, its signals, its exit code. On a terminal Ctrl-C reaches the child by itself; elsewhere
 * the child gets a process group of its own and the signal from here. So Pulumi sees one interrupt, not two: the second one means "at once".
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
