import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { ProcessError, ProcessTimeoutError } from "./errors";
import { follow, killTree, signalGroup } from "./process-group";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The process group is interrupted after this time. After 5 more seconds it is killed with all its descendants. */
  readonly timeoutMs?: number;
  /** Stops the process as the timeout does. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (chunk: string, stream: "stdout" | "stderr") => void;
}

export interface RunResult {
  /** The exit code, or 128 plus the number of the signal that ended the process. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const GRACE_MS = 5_000;

/**
 * Runs a program to its end: no shell, no standard input, a process group of its own. Resolves for every exit code.
 *
 * @throws ProcessTimeoutError after the timeout
 * @throws ProcessError when the program does not start, or `signal` stops it
 */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const command = [file, ...args].join(" ");
  const timeout =
    options.timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.ceil(options.timeoutMs));
  const stop = AbortSignal.any([options.signal, timeout].filter((each) => each !== undefined));
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  const output = collect(child, options.onOutput);
  const failure = (what: string, cause: unknown) =>
    new ProcessError(`${command} ${what}`, output.stdout, output.stderr, { cause });
  const unfollow = follow(child);
  let grace: NodeJS.Timeout | undefined;
  const interrupt = () => {
    signalGroup(child, "SIGINT");
    grace = setTimeout(() => {
      killTree(child);
      // A descendant that left the group could keep the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    }, GRACE_MS);
  };
  if (stop.aborted) interrupt();
  stop.addEventListener("abort", interrupt, { once: true });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  try {
    const [code, killedBy] = await closed.catch((cause: unknown) => {
      throw failure(`did not start: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
    });
    if (!stop.aborted) return { code: exitCode(code, killedBy), ...output };
    if (stop.reason !== timeout?.reason) throw failure("was stopped", stop.reason);
    const message = `${command} took longer than ${(options.timeoutMs ?? 0) / 1000} s`;
    throw new ProcessTimeoutError(message, output.stdout, output.stderr);
  } finally {
    stop.removeEventListener("abort", interrupt);
    clearTimeout(grace);
    unfollow();
  }
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
