import { matcher } from "../pattern";
import type { KeyRule } from "../rule";

const PRODUCTION = "^(.*[-_.])?prod(uction)?([-_.].*)?$";

export const protection: KeyRule<{ readonly stacks: string }> = {
  name: "aixplain-protection",
  description: "Keys of production stacks are protected.",
  enforcementLevel: "mandatory",
  severity: "high",
  schema: {
    stacks: {
      type: "string",
      default: PRODUCTION,
      description: "A regular expression for the names of production stacks.",
    },
  },
  defaults: { stacks: PRODUCTION },
  *looks({ stack, protect, isGeneration }, { stacks }) {
    const isProduction = matcher("stacks", stacks);
    yield () =>
      // Rotation must be able to delete generations.
      isProduction(stack) && !protect && !isGeneration
        ? `The option protect is not set in the production stack "${stack}": removing the key from the program would delete its access key permanently. Add { protect: true }.`
        : undefined;
  },
};
