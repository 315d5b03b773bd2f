import { AixplainError } from "../core/errors";
import type { ApiKeyState } from "../core/model";

export { NoSuchKeyError } from "../core/errors";

/** The declared name belongs to another key of the account. */
export class NameTakenError extends AixplainError {
  override readonly name = "NameTakenError";
  constructor(
    keyName: string,
    readonly existingId: string,
    /** Whether the other key is known to belong to this stack. */
    ownStack: boolean,
    options?: ErrorOptions,
  ) {
    super(nameTaken(keyName, existingId, ownStack), options);
  }
}

function nameTaken(keyName: string, existingId: string, ownStack: boolean): string {
  const taken = `the name ${JSON.stringify(keyName)} is taken by the key ${existingId} of the account. The provider takes over an existing key on request only.`;
  const own =
    "its resource was renamed or moved in the program: add aliases to the new resource. " +
    "Or resources swap names or pass them on: run the update again, without --parallel. If this message returns, give one of them a third name, run the update, then give it its final name.";
  if (ownStack) return `${taken} That key belongs to this stack. Either ${own}`;
  return (
    `${taken} If that key belongs to this stack, either ${own} If it belongs to somebody else: choose another name, ` +
    `leave the name out for an automatic one, read the key without managing it: ApiKey.get("<resource name>", ${JSON.stringify(existingId)}), ` +
    `or adopt it: adopt: { id: ${JSON.stringify(existingId)} }. If an interrupted run left it behind: make sure that nobody uses it, then remove it by hand and run the update again`
  );
}

/** The old key stays on the platform, and the new key needs its name. */
export class LeftNameError extends AixplainError {
  override readonly name = "LeftNameError";
  constructor(id: string, keyName: string, policy: string) {
    super(
      `the key ${JSON.stringify(keyName)} (${id}) cannot be replaced: its deletionPolicy ${JSON.stringify(policy)} leaves it on the platform, and the new key would have the same name. Nothing was changed. ` +
        'Give the new key another name, leave the name out for an automatic one, or first set only deletionPolicy "delete" and run an update (without --replace; after pulumi state taint, run pulumi state untaint before it)',
    );
  }
}

/** A key is missing, and nothing proves that it was deleted. */
export class UnprovenAbsenceError extends AixplainError {
  override readonly name = "UnprovenAbsenceError";
  constructor(
    id: string,
    keyName: string,
    readonly here: string,
    recorded: string | undefined,
  ) {
    const known =
      recorded === undefined
        ? "the state does not say which account the key belongs to (an older version wrote it)"
        : `the state has the key in the account ${recorded}`;
    super(
      `the key ${JSON.stringify(keyName)} (${id}) is not in the account ${here}, and ${known}. Nothing was changed. ` +
        "If the run uses the wrong account, correct aixplain:apiKey and aixplain:backendUrl (or AIXPLAIN_API_KEY and BACKEND_URL); " +
        "refresh and destroy take stack settings from the last update unless you add --run-program. " +
        "If the account is right and the key was deleted there, confirm the account for this run with the environment variable " +
        `AIXPLAIN_ACCOUNT_ID=${JSON.stringify(here)}`,
    );
  }
}

/** `--replace` and a taint create first and ask for no diff, so the new key can be in another account than the old one. */
export class ReplacedElsewhereError extends AixplainError {
  override readonly name = "ReplacedElsewhereError";
  constructor(
    { id, keyName, newId }: { readonly id: string; readonly keyName: string; readonly newId: string },
    cause: UnprovenAbsenceError,
    recorded: string,
  ) {
    const { here } = cause;
    super(
      `the key ${JSON.stringify(keyName)} (${id}) was not deleted: the state has it in the account ${recorded}, and this run, which uses the account ${here}, has created its replacement there (${newId}). ` +
        "Correct aixplain:apiKey and aixplain:backendUrl (or AIXPLAIN_API_KEY and BACKEND_URL), then run the update again, without --replace, with the environment variable " +
        `AIXPLAIN_ACCOUNT_ID=${JSON.stringify(recorded)}: it creates the replacement in that account and deletes the old key. The key ${newId} is then in no state`,
      { cause },
    );
  }
}

/** The settings name another account than the one that the run uses. */
export class OtherAccountError extends AixplainError {
  override readonly name = "OtherAccountError";
  constructor(keyName: string, here: string, wanted: string) {
    super(
      `the key ${JSON.stringify(keyName)} was not created: this run uses the account ${here}, and aixplain:accountId (or AIXPLAIN_ACCOUNT_ID) is ${JSON.stringify(wanted)}. ` +
        "If the run uses the wrong account, correct aixplain:apiKey and aixplain:backendUrl (or AIXPLAIN_API_KEY and BACKEND_URL); else correct the account id",
    );
  }
}

export class WrongAccountError extends AixplainError {
  override readonly name = "WrongAccountError";
  constructor(keyName: string, cause: UnprovenAbsenceError) {
    super(
      `the key ${JSON.stringify(keyName)} was not created, because this run may use the wrong account: ${cause.message}`,
      { cause },
    );
  }
}

/** A create got no answer, and nothing proves that the key found now is its result. */
export class AmbiguousCreateError extends AixplainError {
  override readonly name = "AmbiguousCreateError";
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

export class ProtectedKeyError extends AixplainError {
  override readonly name = "ProtectedKeyError";
  constructor(id: string, action: string, why: string) {
    super(`the key ${id} is not ${action}: ${why}. Manage admin keys on the platform`);
  }
}

/** The key was deleted between the preview and the update. */
export class VanishedKeyError extends AixplainError {
  override readonly name = "VanishedKeyError";
  constructor(id: string, keyName: string, options?: ErrorOptions) {
    super(
      `the key ${JSON.stringify(keyName)} (${id}) was deleted on the platform, so it was not updated. Run pulumi up --refresh: it removes the key from the state and creates it again with a new access key`,
      options,
    );
  }
}

/**
 * The key exists but does not match the declaration. `id`, `properties` and `reasons` tell the engine to keep it in the
 * state and to repair it with the next update.
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
