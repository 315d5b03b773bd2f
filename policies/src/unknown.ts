import { UnknownValueError } from "@pulumi/policy";

/** Thrown by the SDK where a policy reads a value that a preview does not know. Its types leave it out. */
const UnknownValue: abstract new (...args: never[]) => Error = UnknownValueError;

/** One look at a resource: what is wrong, or nothing. It throws where it meets a value that a preview does not know. */
export type Look = () => string | undefined;

/**
 * Tells everything that the looks find. A value that a preview does not know ends the look that met it, and no other;
 * thrown again at the end, the policy SDK tells it as advisory.
 */
export function tellAll(looks: Iterable<Look>, tell: (message: string) => void): void {
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
        if (message !== undefined) tell(message);
      });
  });
  if (unknown) throw unknown;
}

/** What `read` answers, or `instead` where a preview does not know it. */
export function knownOr<T>(read: () => T, instead: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnknownValue) return instead;
    throw error;
  }
}
