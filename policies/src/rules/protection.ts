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
      // The generations of a rotation have to go one day.
      isProduction(stack) && !protect && !isGeneration
        ? `The option protect is not set in the production stack "${stack}": once the key is removed from the program, its access key is lost for good. Add { protect: true }.`
        : undefined;
  },
};
