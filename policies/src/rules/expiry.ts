import { dateIn, daysUntil, type Now } from "../days";
import type { KeyRule } from "../rule";

export const expiry = (now: Now): KeyRule<{ readonly maxDays: number }> => ({
  name: "aixplain-expiry",
  description: "A key expires within a number of days.",
  enforcementLevel: "mandatory",
  severity: "high",
  schema: {
    maxDays: {
      type: "integer",
      minimum: 1,
      default: 365,
      description: "The maximum number of days from today to the expiry.",
    },
  },
  defaults: { maxDays: 365 },
  *looks({ props }, { maxDays }) {
    const latest = `Set a date no later than ${dateIn(maxDays, now)}, ${maxDays} days from today`;
    yield () => {
      const { expiresAt } = props;
      if (expiresAt === undefined) return `expiresAt is not set: the key never expires. ${latest}.`;
      const days = daysUntil(expiresAt, now);
      return days > maxDays ? `expiresAt is "${expiresAt}", in ${days} days. ${latest}.` : undefined;
    };
  },
});
