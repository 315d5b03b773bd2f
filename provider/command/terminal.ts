import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Returns an empty answer at the end of the input. Absent when nobody can answer. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Clears the screen. Absent if the output is not a terminal. */
  readonly clear?: (() => void) | undefined;
  /** Waits `ms` milliseconds. Returns `false` at once if somebody presses Ctrl-C. */
  readonly pause: (ms: number) => Promise<boolean>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Characters in a name that could move the cursor or change the direction of writing. */
const CONTROLS = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const printable = (text: string): string =>
  text.replace(CONTROLS, (each) => `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);

/** The terminal of a process. It cannot ask if the input is a pipe or a file. */
export function processTerminal(own: NodeJS.Process): Terminal {
  const { stdin, stdout, stderr, env } = own;
  const ask = (question: string): Promise<string> =>
    new Promise((resolve) => {
      const lines = createInterface({ input: stdin, output: stderr });
      lines.once("close", () => resolve(""));
      lines.question(question, (answer) => {
        resolve(answer);
        lines.close();
      });
    });
  return {
    out: (line) => void stdout.write(`${printable(line)}\n`),
    err: (line) => void stderr.write(`${printable(line)}\n`),
    ask: stdin.isTTY ? ask : undefined,
    clear: stdout.isTTY ? () => void stdout.write("\u001b[2J\u001b[3J\u001b[H") : undefined,
    pause: pauses((interrupted) => void own.once("SIGINT", interrupted)),
    env,
  };
}

function pauses(onInterrupt: (interrupted: () => void) => void): Terminal["pause"] {
  let interrupt: AbortController | undefined;
  return async (ms) => {
    if (!interrupt) {
      const controller = new AbortController();
      onInterrupt(() => controller.abort());
      interrupt = controller;
    }
    const { signal } = interrupt;
    // This wait fails only when it is interrupted.
    return sleep(ms, true, { signal }).catch(() => false);
  };
}
