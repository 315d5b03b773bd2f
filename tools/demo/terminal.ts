import { stripVTControlCharacters } from "node:util";

/** Where a demo tells its story; a test gives one that keeps it. */
export interface Terminal {
  write(text: string): void;
  readonly colors: boolean;
}

export const stdoutTerminal: Terminal = {
  write: (text) => void process.stdout.write(text),
  colors: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
};

const STYLES = { bold: "1", dim: "2", heading: "1;36", red: "31", green: "32", yellow: "33" } as const;

/** Lines of the CLI that say that it is busy: of use while one waits, noise in what stays on the screen. */
const BUSY = /^\s*(@ \w+ing|@ previewing|\(\d+s\)|pulumi:pulumi:Stack \S+ running)/;

/** How a demo looks: numbered steps, what a person would type, what the real CLI answered, what was checked. */
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

  /** Output of a program, without colour codes and without its waiting. */
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

  /** The colours in which the CLI itself shows a diff. */
  private painted(line: string): string {
    if (/^\s*(\+-|~|--|\+\+)/.test(line)) return this.style("yellow", line);
    if (/^\s*\+/.test(line)) return this.style("green", line);
    return /^\s*-\s/.test(line) ? this.style("red", line) : line;
  }

  private style(style: keyof typeof STYLES, text: string): string {
    return this.terminal.colors ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  }
}
