import { readFileSync } from "node:fs";

/** A fenced block of commands, and what its README shows of their output. */
export interface Block {
  readonly commands: string;
  readonly output: readonly string[];
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** The blocks `sh` of a README, each with the block `text` that follows it. */
export function blocksOf(file: string): readonly Block[] {
  const blocks: Block[] = [];
  let told = false;
  for (const [, language, text = ""] of readFileSync(file, "utf8").matchAll(FENCE)) {
    const last = blocks.at(-1);
    if (language === "sh") blocks.push({ commands: text, output: [] });
    else if (language === "text" && last && told) {
      blocks[blocks.length - 1] = { ...last, output: text.split("\n").filter((line) => line.trim() !== "") };
    }
    told = language === "sh";
  }
  return blocks;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether a line is what the README shows: blanks may differ in number, and `...` stands for anything. */
function shows(line: string, expected: string): boolean {
  const parts = expected
    .trim()
    .split(/\s*\.\.\.\s*/)
    .map((part) => escaped(part).replace(/\s+/g, "\\s+"));
  return new RegExp(`^\\s*${parts.join(".*")}\\s*$`).test(line);
}

/** The first line that the README shows and the output does not have after the ones before it. */
export function missing({ output }: Block, text: string): string | undefined {
  const lines = text.split("\n");
  let from = 0;
  for (const expected of output) {
    const at = lines.findIndex((line, index) => index >= from && shows(line, expected));
    if (at === -1) return expected;
    from = at + 1;
  }
  return undefined;
}
