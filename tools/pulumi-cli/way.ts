import type { Installation } from "./installation";
import type { Step } from "./progress";

/** One of the ways to a Pulumi CLI. */
export interface Way {
  /** How the way is named to a person. */
  readonly name: string;
  /** What is there already, at no cost; undefined when nothing is. Throws `WayFailedError` where something is there that cannot do. */
  present(): Installation | undefined;
  /** Gets it, where the way can. Throws `WayFailedError`. */
  readonly obtain?: (step: Step) => Promise<Staged>;
  /** What `obtain` is about to do, with the time to expect. */
  readonly task?: string;
  /** Where it is kept once it has been obtained. */
  readonly directory?: string;
  /** Held while obtaining, so that two processes do not do the same work. */
  readonly lock?: string;
}

/** Obtained, but not yet in the cache: it goes there when a program has run with it. */
export interface Staged {
  readonly installation: Installation;
  publish(): void;
  discard(): void;
}
