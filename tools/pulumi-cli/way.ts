import type { Installation } from "./installation";
import type { Step } from "./progress";

export interface Way {
  readonly name: string;
  /** An existing installation. Throws `WayFailedError` for an unusable one. */
  present(): Installation | undefined;
  readonly obtain?: (step: Step) => Promise<Staged>;
  /** What `obtain` does, with the expected time. */
  readonly task?: string;
  readonly directory?: string;
  readonly lock?: string;
}

/** Obtained, but not cached until it has run a program. */
export interface Staged {
  readonly installation: Installation;
  publish(): void;
  discard(): void;
}
