import type { KeyRule } from "../rule";

export const budget: KeyRule<{ readonly max?: number }> = {
  name: "aixplain-budget",
  description: "A key has a budget, up to a cap.",
  enforcementLevel: "mandatory",
  severity: "high",
  schema: {
    max: {
      type: "number",
      minimum: 0,
      description: "The maximum number of credits of one key. Default: no cap.",
    },
  },
  defaults: {},
  *looks({ props }, { max }) {
    yield () => {
      const { budget: credits } = props;
      const cap = max === undefined ? "" : `, at most ${max} credits`;
      if (credits === undefined)
        return `budget is not set: the key may spend all credits of the account. Set a budget${cap}.`;
      return max !== undefined && credits > max
        ? `budget is ${credits}, above the cap of ${max} credits. Lower it, or agree on a higher "max" of this policy.`
        : undefined;
    };
  },
};
