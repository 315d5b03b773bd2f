import { createInterface } from "node:readline";

export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Returns an empty answer at the end of the input. Absent when nobody can answer. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Cannot ask when the input is a pipe or a file. */
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
