import { createInterface } from "node:readline";

/** What a command is told from, and what it tells to. */
export interface Terminal {
  /** Tells a result. */
  readonly out: (line: string) => void;
  /** Tells everything else. */
  readonly err: (line: string) => void;
  /** Asks the person; the answer is empty where they end the input instead. Absent where nobody can be asked. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The terminal of a process. Nobody is asked where the input is a pipe or a file. */
export function processTerminal({ stdin, stdout, stderr, env }: NodeJS.Process): Terminal {
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
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    ask: stdin.isTTY ? ask : undefined,
    env,
  };
}
