import { matcher } from "../pattern";
import type { KeyRule } from "../rule";

const SPINAL = "^[a-z0-9]+([.-][a-z0-9]+)*$";

export const keyName: KeyRule<{ readonly pattern: string }> = {
  name: "aixplain-name",
  description: "The names of keys follow the team's pattern.",
  enforcementLevel: "advisory",
  severity: "low",
  schema: {
    pattern: { type: "string", default: SPINAL, description: "A regular expression for the names of keys." },
  },
  defaults: { pattern: SPINAL },
  *looks({ props }, { pattern }) {
    const fits = matcher("pattern", pattern);
    yield () =>
      fits(props.name)
        ? undefined
        : `name is ${JSON.stringify(props.name)}, which does not match ${pattern}. Changing it renames the key in place.`;
  },
};
