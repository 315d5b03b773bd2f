import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

export const filesWith = (directory: string, texts: readonly string[]): string[] =>
  filesBelow(directory).filter((file) => {
    const content = readFileSync(file);
    return texts.some((text) => content.includes(text));
  });
