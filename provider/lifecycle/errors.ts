import { AixplainError } from "../core/errors";
import type { ApiKeyState } from "../core/model";

/** The name of a new key belongs to another key of the account. */
export class NameTakenError extends AixplainError {
  override readonly name = "NameTakenError";
  constructor(
    keyName: string,
    readonly existingId: string,
    options?: ErrorOptions,
  ) {
    super(nameTaken(keyName, existingId), options);
  }
}

/** What a program can do about a taken name; the same words in a preview and in an update. */
export const nameTaken = (keyName: string, existingId: string): string =>
  `the name ${JSON.stringify(keyName)} is taken by the key ${existingId} of the account. A key that exists is never taken over silently. ` +
  "Ways out: give this key another name (or none, for an automatic one); " +
  `delete the other key (npx pulumi-aixplain delete ${existingId}); ` +
  `or read it without managing it: ApiKey.get("<resource name>", ${JSON.stringify(existingId)})`;

/** A create ended without an answer, and what the platform shows now cannot be proven to be its work. */
export class AmbiguousCreateError extends AixplainError {
  override readonly name = "AmbiguousCreateError";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The key is protected: an admin key is neither changed nor deleted nor adopted. */
export class ProtectedKeyError extends AixplainError {
  override readonly name = "ProtectedKeyError";
  constructor(id: string, action: string, why: string) {
    super(`the key ${id} is not ${action}: ${why}. Admin keys are managed by hand, on the platform`);
  }
}

/** A program reads a key that does not exist. */
export class NoSuchKeyError extends AixplainError {
  override readonly name = "NoSuchKeyError";
  constructor(id: string) {
    super(
      `there is no key ${JSON.stringify(id)} in the account. The ids of its keys: npx pulumi-aixplain list`,
    );
  }
}

/** The key went away between the preview and the update. */
export class VanishedKeyError extends AixplainError {
  override readonly name = "VanishedKeyError";
  constructor(id: string, keyName: string, options?: ErrorOptions) {
    super(
      `the key ${JSON.stringify(keyName)} (${id}) was deleted on the platform while it was being updated. Run the update again: it creates the key anew, with a new access key`,
      options,
    );
  }
}

/**
 * The key exists, but is not as declared. The engine keeps it in the state with `properties` and marks it for repair:
 * `id`, `properties` and `reasons` are the engine's words for that.
 */
export class PartialError extends AixplainError {
  override readonly name = "PartialError";
  constructor(
    readonly id: string,
    readonly properties: ApiKeyState,
    readonly reasons: string[],
    options?: ErrorOptions,
  ) {
    super(reasons.join("; "), options);
  }
}
