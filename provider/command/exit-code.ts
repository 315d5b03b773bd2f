import { AuthenticationError, ForbiddenError } from "../api/errors";
import { AixplainError, SettingsError } from "../core/errors";
import { UnexpectedError } from "../core/unexpected";

/** The exit codes of the Pulumi CLI, from its `cmd/exit_codes.go` in 3.259. */
export const EXIT = {
  done: 0,
  failed: 1,
  misused: 2,
  unauthorised: 3,
  noStack: 6,
  changes: 7,
  cancelled: 8,
  bug: 255,
} as const;

export class CommandError extends AixplainError {
  override readonly name: string = "CommandError";
  constructor(
    happened: string,
    readonly exitCode: number = EXIT.failed,
    options?: { readonly next?: string; readonly cause?: unknown },
  ) {
    super(happened, options);
  }
}

export function exitCodeOf(error: AixplainError): number {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof SettingsError) return EXIT.misused;
  if (error instanceof AuthenticationError || error instanceof ForbiddenError) return EXIT.unauthorised;
  return error instanceof UnexpectedError ? EXIT.bug : EXIT.failed;
}
