/**
 * The base of every error that this package throws. `message` says what failed, on which key, and what to do next;
 * it never holds a secret. `cause` keeps what was underneath.
 */
export class AixplainError extends Error {
  override readonly name: string = "AixplainError";
}

/** What a caught value says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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
