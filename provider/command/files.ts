import { readFileSync, writeFileSync } from "node:fs";
import { CommandError } from "./exit-code";

class FileError extends CommandError {
  override readonly name = "FileError";
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new FileError(`the file ${JSON.stringify(file)} could not be read: ${reasonOf(error)}`, undefined, {
      cause: error,
    });
  }
}

/**
 * Without `overwrite`, writes only a new file.
 * @throws FileError
 */
export function writeText(file: string, text: string, overwrite: boolean): void {
  try {
    writeFileSync(file, text, { flag: overwrite ? "w" : "wx" });
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw new FileError(
      exists
        ? `the file ${JSON.stringify(file)} already exists and was not overwritten`
        : `the file ${JSON.stringify(file)} could not be written: ${reasonOf(error)}`,
      undefined,
      { cause: error, ...(exists ? { next: "Choose another file name, or remove the file" } : {}) },
    );
  }
}

/** `undefined` if the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
