import { badRequest, type Problem } from "../errors.js";
import type { TokenCounter } from "./tokenizer.js";

export interface RunInput {
  texts: string[];
  maxTokens: number | undefined;
  stream: boolean;
}

/** The fields with text for the model. SDK v1 writes `data`, v2 writes `text`. */
const READ = ["data", "text", "messages", "prompt", "context", "history"] as const;
const PARAMETERS = new Set(["max_tokens", "maxTokens", "temperature", "top_p", "options", "stream"]);
const MOST_LEVELS = 64;

/** Accepts any JSON. Without a known field, the model reads every field but the parameters. */
export function parseRunInput(body: unknown): RunInput {
  if (body === undefined) throw badRequest([{ path: "", message: "a run requires a JSON body" }]);
  const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
  const fields = (isObject ? body : { data: body }) as Record<string, unknown>;
  const problems: Problem[] = [];
  const texts: string[] = [];
  const read = READ.some((name) => fields[name] !== undefined && fields[name] !== null)
    ? READ
    : Object.keys(fields).filter((name) => !PARAMETERS.has(name));
  for (const name of read) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (typeof value === "object" && isDeeperThan(value, MOST_LEVELS)) {
      problems.push({ path: name, message: `is nested more than ${MOST_LEVELS} levels deep` });
    } else {
      texts.push(typeof value === "string" ? value : JSON.stringify(value));
    }
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

/** Without recursion, so that deep nesting cannot exhaust the stack. */
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
