import { AixplainError } from "./errors";
import type { Redactor } from "./secret";

/** A test compares it with the `bugs` field of package.json. */
export const REPORT_TO = "the maintainers of pulumi-aixplain";

/** A bug. `stack` contains the stacks of the error and its causes, without secrets. */
export class UnexpectedError extends AixplainError {
  override readonly name = "UnexpectedError";
  constructor(what: string, stack: string) {
    super(`unexpected error: ${what}`, {
      next: `This is a bug of pulumi-aixplain: report it to ${REPORT_TO}, with the stack trace in the diagnostics`,
    });
    this.stack = stack;
  }
}

interface Thrown {
  readonly message: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Not `instanceof`: the error may come from another realm. */
const isThrown = (error: unknown): error is Thrown =>
  typeof error === "object" && error !== null && "message" in error;

const inShort = (error: unknown): string => {
  if (isThrown(error)) return String(error.message);
  return typeof error === "object" ? Object.prototype.toString.call(error) : String(error);
};

/** The stacks of an error and its causes. Omits other properties, which may contain requests and keys. */
function stacks(error: unknown, seen = new Set<unknown>()): string[] {
  if (error === undefined || seen.has(error)) return [];
  seen.add(error);
  if (!isThrown(error)) return [inShort(error)];
  const below = [error.cause, ...(Array.isArray(error.errors) ? error.errors : [])];
  return [String(error.stack ?? error.message), ...below.flatMap((each) => stacks(each, seen))];
}

/** The error without secrets. An error that is not from this package becomes an {@link UnexpectedError}. */
export function presentable(error: unknown, redactor: Redactor): AixplainError {
  if (!(error instanceof AixplainError)) {
    const stack = stacks(error).join("\nCaused by: ");
    return new UnexpectedError(redactor.redact(inShort(error)), redactor.redact(stack));
  }
  error.message = redactor.redact(error.message);
  return error;
}
