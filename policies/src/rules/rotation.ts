import { daysUntil, type Now } from "../days";
import type { KeyRule } from "../rule";

/** The suffix of a generation's name: the date of its start. */
const GENERATION = /-generation-(\d{4}-\d{2}-\d{2})(\.\d+)?$/;

export const rotation = (
  now: Now,
): KeyRule<{ readonly maxDays: number; readonly except: readonly string[] }> => ({
  name: "aixplain-rotation",
  description: "A key is rotated, and no generation gets older than a number of days.",
  enforcementLevel: "advisory",
  severity: "medium",
  schema: {
    maxDays: {
      type: "integer",
      minimum: 1,
      default: 90,
      description: "The maximum number of days since the start of a generation.",
    },
    except: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "The resource names of keys that are not rotated.",
    },
  },
  defaults: { maxDays: 90, except: [] },
  *looks({ resourceName, isGeneration }, { maxDays, except }) {
    if (except.includes(resourceName)) return;
    yield () => {
      if (!isGeneration)
        return `The key "${resourceName}" is not rotated, and its declaration does not show its age. Declare a RotatingApiKey, or add the name to "except" of this policy.`;
      const start = GENERATION.exec(resourceName)?.[1];
      if (start === undefined) return undefined;
      const age = -daysUntil(start, now);
      return age > maxDays
        ? `The generation of ${start} is ${age} days old; at most ${maxDays} are allowed. Lower "every" or "overlap" of its rotation, and run pulumi up on a schedule.`
        : undefined;
    };
  },
});
