import { stripVTControlCharacters } from "node:util";

export interface Terminal {
  write(text: string): void;
  readonly colors: boolean;
}

export const stdoutTerminal: Terminal = {
  write: (text) => void process.stdout.write(text),
  colors: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
};

const STYLES = { bold: "1", dim: "2", heading: "1;36", red: "31", green: "32", yellow: "33" } as const;

/** Progress lines of the CLI. */
const BUSY = /^\s*(@ \w+ing|@ previewing|\(\d+s\)|pulumi:pulumi:Stack \S+ running)/;

/** Numbered steps with the input, the CLI's output and the checks. */
export class Story {
  private step = 0;

  constructor(private readonly terminal: Terminal) {}

  title(text: string): void {
    this.line(this.style("bold", text));
  }

  begin(text: string): void {
    this.step += 1;
    this.line("");
    this.line(this.style("heading", `${this.step}. ${text}`));
  }

  command(text: string): void {
    this.line(this.style("dim", `   $ ${text}`));
  }

  /** Without colours and progress lines. */
  output(text: string): void {
    const lines = stripVTControlCharacters(text)
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== "" && !BUSY.test(line));
    for (const line of lines) this.line(`   ${this.style("dim", "|")} ${this.painted(line)}`);
  }

  checked(text: string): void {
    this.line(`   ${this.style("green", "ok")} ${text}`);
  }

  failed(text: string): void {
    this.line(`   ${this.style("red", "NOT AS TOLD")} ${text}`);
  }

  line(text: string): void {
    this.terminal.write(`${text}\n`);
  }

  private painted(line: string): string {
    if (/^\s*(\+-|~|--|\+\+)/.test(line)) return this.style("yellow", line);
    if (/^\s*\+/.test(line)) return this.style("green", line);
    return /^\s*-\s/.test(line) ? this.style("red", line) : line;
  }

  private style(style: keyof typeof STYLES, text: string): string {
    return this.terminal.colors ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  }
}
