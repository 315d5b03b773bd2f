/** `ErrorOptions` of ES2022, for programs compiled for an older target. */
export interface AixplainErrorOptions {
  readonly cause?: unknown;
  /** The next step: an imperative sentence without a full stop. It ends the message. */
  readonly next?: string;
}

/**
 * The base class of all errors of this package. `message` says what failed, for which key, and what to do next. It
 * never contains a secret.
 */
export class AixplainError extends Error {
  override readonly name: string = "AixplainError";
  /** The message without the next step, for errors that quote this one. */
  readonly happened: string;
  constructor(happened: string, { next, ...options }: AixplainErrorOptions = {}) {
    super(next === undefined ? happened : `${happened}. ${next}`, options);
    this.happened = happened;
  }
}

export const happenedIn = (error: unknown): string =>
  error instanceof AixplainError ? error.happened : error instanceof Error ? error.message : String(error);

/** A setting is missing or invalid. The message names every way to set it. */
export class SettingsError extends AixplainError {
  override readonly name = "SettingsError";
}

export interface Problem {
  readonly property: string;
  readonly reason: string;
}

export const problemInWords = ({ property, reason }: Problem): string => `${property} ${reason}`;

export const problemsInWords = (problems: readonly Problem[]): string =>
  problems.map(problemInWords).join("; ");

export class DeclarationError extends AixplainError {
  override readonly name = "DeclarationError";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  }
}

export class NoSuchKeyError extends AixplainError {
  override readonly name = "NoSuchKeyError";
  constructor(idOrName: string, meant?: string) {
    const hint = meant === undefined ? "" : ` (did you mean ${JSON.stringify(meant)}?)`;
    super(
      `there is no key ${JSON.stringify(idOrName)} in the account${hint}. Run npx pulumi-aixplain list to see the ids of its keys`,
    );
  }
}
