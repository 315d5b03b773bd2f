import { badRequest, type Problem } from "../errors.js";
import type { TokenCounter } from "./tokenizer.js";

/** What of a run's body matters here: its text, how much may be answered, and how. */
export interface RunInput {
  texts: string[];
  maxTokens: number | undefined;
  stream: boolean;
}

/** The fields whose text a model reads. `data` and `text` are one field with two names: SDK v1 and v2. */
const READ = ["data", "text", "messages", "prompt", "context", "history"] as const;
const MOST_LEVELS = 64;

/** Checks the body of a run and names everything that is wrong with it at once. */
export function parseRunInput(body: unknown): RunInput {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest([{ path: "", message: "the body must be a JSON object" }]);
  }
  const fields = body as Record<string, unknown>;
  const problems: Problem[] = [];
  const texts: string[] = [];
  for (const name of READ) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (typeof value === "object" && isDeeperThan(value, MOST_LEVELS)) {
      problems.push({ path: name, message: `is nested more than ${MOST_LEVELS} levels deep` });
    } else {
      texts.push(typeof value === "string" ? value : JSON.stringify(value));
    }
  }
  if (texts.length === 0 && problems.length === 0) {
    problems.push({ path: "data", message: "is required (or `text`)" });
  }
  const maxTokens = fields.max_tokens ?? fields.maxTokens ?? undefined;
  if (maxTokens !== undefined && !(Number.isSafeInteger(maxTokens) && (maxTokens as number) >= 0)) {
    problems.push({ path: "max_tokens", message: "must be a whole number, 0 or more" });
  }
  const options = fields.options ?? {};
  const stream = (options as { stream?: unknown }).stream ?? false;
  if (typeof options !== "object") problems.push({ path: "options", message: "must be an object" });
  else if (typeof stream !== "boolean")
    problems.push({ path: "options.stream", message: "must be true or false" });
  if (problems.length > 0) throw badRequest(problems);
  return { texts, maxTokens: maxTokens as number | undefined, stream: stream as boolean };
}

export const countInput = ({ texts }: RunInput, countTokens: TokenCounter): number =>
  texts.reduce((sum, text) => sum + countTokens(text), 0);

/** Walks without recursion, so that no depth of nesting can exhaust the stack. */
function isDeeperThan(root: object, levels: number): boolean {
  let level: object[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((node) =>
      Object.values(node).filter((child): child is object => typeof child === "object" && child !== null),
    );
  }
  return false;
}
