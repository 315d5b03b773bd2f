import type { StackRule } from "../rule";

const NAMED = 3;

export const teamBudget: StackRule<{ readonly cap?: number }> = {
  name: "aixplain-team-budget",
  description: "The budgets of a stack's keys stay below the team's cap.",
  enforcementLevel: "mandatory",
  severity: "high",
  schema: {
    cap: {
      type: "number",
      minimum: 0,
      description:
        "The credits that all keys of the stack may spend together. Default: none, and the policy does nothing.",
    },
  },
  defaults: {},
  idle: ({ cap }) => (cap === undefined ? 'The configuration has no "cap" for it.' : undefined),
  *looks(keys, { cap = Number.POSITIVE_INFINITY }) {
    const known: { readonly name: string; readonly credits: number }[] = [];
    for (const { resourceName, props } of keys)
      yield () => {
        const { budget } = props;
        if (budget === undefined)
          return `The key "${resourceName}" has no budget, so the stack has no upper limit. Set budget; the cap is ${cap} credits.`;
        known.push({ name: resourceName, credits: budget });
        return undefined;
      };
    yield () => {
      const sum = known.reduce((total, { credits }) => total + credits, 0);
      if (sum <= cap) return undefined;
      const largest = known.sort((a, b) => b.credits - a.credits).slice(0, NAMED);
      const named = largest.map(({ name, credits }) => `${name} ${credits}`).join(", ");
      return `The budgets of the stack's keys add up to ${sum}, above the cap of ${cap} credits (the largest: ${named}). Every generation of a rotation counts, because both may spend while two are valid. Lower a budget, or agree on a higher "cap".`;
    };
  },
};
