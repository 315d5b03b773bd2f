export interface AixplainErrorOptions extends ErrorOptions {
  /** What to do next: a sentence in the imperative without its full stop. It becomes the end of the message. */
  readonly next?: string;
}

/**
 * The base of every error that this package throws. `message` says what failed, on which key, and what to do next;
 * it never holds a secret. `cause` keeps what was underneath.
 */
export class AixplainError extends Error {
  override readonly name: string = "AixplainError";
  /** The message without the next step: for an error that quotes this one and has a next step of its own. */
  readonly happened: string;
  constructor(happened: string, { next, ...options }: AixplainErrorOptions = {}) {
    super(next === undefined ? happened : `${happened}. ${next}`, options);
    this.happened = happened;
  }
}

/** What happened, of whatever was thrown. */
export const happenedIn = (error: unknown): string =>
  error instanceof AixplainError ? error.happened : error instanceof Error ? error.message : String(error);

/** The provider or the program lacks a setting, or one makes no sense. The message names every way to give it. */
export class SettingsError extends AixplainError {
  override readonly name = "SettingsError";
}

/** One thing that is wrong with a declaration, at a property path such as `assetLimits[1].tokensPerDay`. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/** A declaration that cannot become a key. */
export class DeclarationError extends AixplainError {
  override readonly name = "DeclarationError";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  }
}

/** Somebody asks for a key that does not exist. */
export class NoSuchKeyError extends AixplainError {
  override readonly name = "NoSuchKeyError";
  /** `meant` is the name of a key that may have been meant. */
  constructor(idOrName: string, meant?: string) {
    const hint = meant === undefined ? "" : ` (did you mean ${JSON.stringify(meant)}?)`;
    super(
      `there is no key ${JSON.stringify(idOrName)} in the account${hint}. The ids of its keys: npx pulumi-aixplain list`,
    );
  }
}
