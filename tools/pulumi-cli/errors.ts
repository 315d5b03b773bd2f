import { types } from "node:util";

/** One of the three ways to a Pulumi CLI did not work; `reason` fits on one line behind the way's name. */
export class WayFailedError extends Error {
  override readonly name = "WayFailedError";

  constructor(
    readonly way: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${way}: ${reason}`, options);
  }
}

/** None of the ways worked. The message names each with its reason; `cause` holds their errors. */
export class NoPulumiCliError extends Error {
  override readonly name = "NoPulumiCliError";

  constructor(readonly failures: readonly WayFailedError[]) {
    super(
      [
        "No working Pulumi CLI, and no way to obtain one. What was tried:",
        ...failures.map(({ way, reason }, index) => `  ${index + 1}. ${way}\n     ${indent(reason)}`),
        "Any one of these is enough:",
        "  - install Pulumi (https://www.pulumi.com/docs/install/) so that `pulumi` is on PATH,",
        "  - allow downloads from get.pulumi.com and github.com,",
        "  - install Go (https://go.dev/dl/) and allow a Go module proxy.",
      ].join("\n"),
      { cause: new AggregateError(failures, "every way to a Pulumi CLI failed") },
    );
  }
}

/** A child process could not be started, or was stopped before it ended by itself. */
export class ProcessError extends Error {
  override readonly name: string = "ProcessError";

  constructor(
    message: string,
    readonly stdout: string,
    readonly stderr: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A child process ran longer than it was given; it has been stopped with everything it started. */
export class ProcessTimeoutError extends ProcessError {
  override readonly name = "ProcessTimeoutError";
}

/** The text of anything thrown, with the message of its cause where that says more (as `fetch failed` does not). */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const inner = types.isNativeError(error.cause) ? error.cause.message : "";
  return inner === "" || error.message.includes(inner) ? error.message : `${error.message} (${inner})`;
}

/** The system's or Node's code of anything thrown ("ENOENT"). Not by `instanceof`: a test runner's Error is another one than Node's own. */
export function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function indent(text: string): string {
  return text.trim().replaceAll("\n", "\n     ");
}
