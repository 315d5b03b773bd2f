import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { ProcessError, ProcessTimeoutError } from "./errors";
import { follow, killTree, signalGroup } from "./process-group";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The process group is interrupted after this time; what has not ended soon after is killed with everything it started. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onOutput?: (chunk: string, stream: "stdout" | "stderr") => void;
}

export interface RunResult {
  /** The exit code; 128 plus the signal's number, as a shell tells it, when a signal ended the process. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long an interrupted process may take to put its things in order before it is killed. */
const GRACE_MS = 5_000;

/**
 * Runs a program to its end, without a shell, in a process group of its own and without standard input. A non-zero exit code is an answer, not
 * an error: `ProcessTimeoutError` after the timeout, `ProcessError` when it does not start or `signal` stops it.
 */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    const output = collect(child, options.onOutput);
    const unfollow = follow(child);
    const command = [file, ...args].join(" ");
    let stopped: (() => ProcessError) | undefined;
    let grace: NodeJS.Timeout | undefined;

    const stop = (why: () => ProcessError) => {
      if (stopped !== undefined) return;
      stopped = why;
      signalGroup(child, "SIGINT");
      grace = setTimeout(() => {
        killTree(child);
        // A descendant that left the group could hold the pipes open for ever.
        child.stdout.destroy();
        child.stderr.destroy();
      }, GRACE_MS);
    };
    const timeout =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(
            () =>
              stop(() => {
                const message = `${command} took longer than ${(options.timeoutMs ?? 0) / 1000} s`;
                return new ProcessTimeoutError(message, output.stdout, output.stderr);
              }),
            options.timeoutMs,
          );
    const onAbort = () =>
      stop(() => {
        const cause: unknown = options.signal?.reason;
        return new ProcessError(`${command} was stopped`, output.stdout, output.stderr, { cause });
      });
    if (options.signal?.aborted === true) onAbort();
    options.signal?.addEventListener("abort", onAbort, { once: true });

    const settle = () => {
      clearTimeout(timeout);
      clearTimeout(grace);
      unfollow();
      options.signal?.removeEventListener("abort", onAbort);
    };
    child.once("error", (cause) => {
      settle();
      const message = `${command} did not start: ${cause.message}`;
      reject(new ProcessError(message, output.stdout, output.stderr, { cause }));
    });
    child.once("close", (code, killedBy) => {
      settle();
      if (stopped !== undefined) reject(stopped());
      else resolve({ code: exitCode(code, killedBy), stdout: output.stdout, stderr: output.stderr });
    });
  });
}

/** The exit code as a shell reports it. */
export function exitCode(code: number | null, killedBy: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return 128 + (killedBy === null ? 0 : constants.signals[killedBy]);
}

function collect(child: ChildProcess, onOutput: RunOptions["onOutput"]): { stdout: string; stderr: string } {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      output[name] += chunk;
      onOutput?.(chunk, name);
    });
  }
  return output;
}
