import { types } from "node:util";

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

/** A child process did not start, or was stopped. */
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

/** A child process was stopped after its time-out. */
export class ProcessTimeoutError extends ProcessError {
  override readonly name = "ProcessTimeoutError";
}

/** The message, with that of the cause if it says more (as for `fetch failed`). */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const inner = types.isNativeError(error.cause) ? error.cause.message : "";
  return inner === "" || error.message.includes(inner) ? error.message : `${error.message} (${inner})`;
}

/** Not by `instanceof`: a test runner has another Error class. */
export function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function indent(text: string): string {
  return text.trim().replaceAll("\n", "\n     ");
}
