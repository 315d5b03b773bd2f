import { type Limits, TOKEN_LIMITS } from "../keys";
import type { KeyRule } from "../rule";
import type { Look } from "../unknown";

const TYPES = ["input", "output", "total"];
/** The platform's default. The provider's check removes an explicit "total". */
const DEFAULT = "total";

export const tokenType: KeyRule<{ readonly allowed: readonly string[] }> = {
  name: "aixplain-token-type",
  description: "Token limits count the tokens that the team has agreed on.",
  enforcementLevel: "advisory",
  severity: "low",
  schema: {
    allowed: {
      type: "array",
      items: { type: "string", enum: TYPES },
      minItems: 1,
      uniqueItems: true,
      default: [DEFAULT],
      description: 'The token types that limits may count. A limit without a token type counts "total".',
    },
  },
  defaults: { allowed: [DEFAULT] },
  *looks({ props }, { allowed }) {
    const look = (path: string, limitsOf: () => Limits | undefined): Look => {
      return () => {
        const limits = limitsOf();
        if (!limits || TOKEN_LIMITS.every((limit) => limits[limit] === undefined)) return undefined;
        const { tokenType: type = DEFAULT } = limits;
        if (allowed.includes(type)) return undefined;
        const stated = limits.tokenType === undefined ? " (not set)" : "";
        const choice = allowed.map((each) => `"${each}"`).join(" or ");
        return `${path}.tokenType is "${type}"${stated}. Set it to ${choice}.`;
      };
    };
    yield look("globalLimits", () => props.globalLimits);
    const { assetLimits = [] } = props;
    for (const index of assetLimits.keys()) yield look(`assetLimits[${index}]`, () => assetLimits[index]);
  },
};
