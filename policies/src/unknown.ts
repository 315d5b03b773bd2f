import { UnknownValueError } from "@pulumi/policy";

/** The SDK throws it when a policy reads a value that a preview does not know. Its types omit it. */
const UnknownValue: abstract new (...args: never[]) => Error = UnknownValueError;

/** Returns a violation or nothing. Throws if it reads a value that a preview does not know. */
export type Look = () => string | undefined;

/**
 * Reports all violations. An unknown value ends only the check that reads it. It is thrown again at the end, and the
 * policy SDK reports it as advisory.
 */
export function reportAll(looks: Iterable<Look>, report: (message: string) => void): void {
  let unknown: Error | undefined;
  const attempt = (look: () => void): void => {
    try {
      look();
    } catch (error) {
      if (!(error instanceof UnknownValue)) throw error;
      unknown ??= error;
    }
  };
  attempt(() => {
    for (const look of looks)
      attempt(() => {
        const message = look();
        if (message !== undefined) report(message);
      });
  });
  if (unknown) throw unknown;
}

/** The result of `read`, or `instead` if a preview does not know it. */
export function knownOr<T>(read: () => T, instead: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValue) return instead;
    throw error;
  }
}
