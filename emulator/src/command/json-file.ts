import { readFileSync } from "node:fs";
import type { z } from "zod";
import { EmulatorError } from "../errors.js";

/** @throws `EmulatorError` with everything that is wrong with the file */
export function readJsonFile<T>(flag: string, path: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EmulatorError(`${flag} ${path} cannot be read: ${why}`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: at, message }) => `${at.join(".") || "it"}: ${message}`);
  throw new EmulatorError(`${flag} ${path}: ${problems.join("; ")}`, { cause: parsed.error });
}
