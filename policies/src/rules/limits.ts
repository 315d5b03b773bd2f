import { LIMITS, type Limit } from "../keys";
import type { KeyRule } from "../rule";
import { knownOr } from "../unknown";

interface Required {
  readonly required: readonly Limit[];
}

const schema = (description: string, defaults: readonly Limit[]) => ({
  required: {
    type: "array" as const,
    items: { type: "string" as const, enum: [...LIMITS] },
    uniqueItems: true,
    default: [...defaults],
    description,
  },
});

const PER_KEY: readonly Limit[] = ["tokensPerDay", "requestsPerDay"];

export const globalLimits: KeyRule<Required> = {
  name: "aixplain-global-limits",
  description: "A key has limits as a whole.",
  enforcementLevel: "mandatory",
  severity: "medium",
  schema: schema("The limits that every key has in globalLimits.", PER_KEY),
  defaults: { required: PER_KEY },
  *looks({ props }, { required }) {
    for (const limit of required)
      yield () =>
        props.globalLimits?.[limit] === undefined
          ? `globalLimits.${limit} is not set: the key as a whole has no such limit. Set a number.`
          : undefined;
  },
};

export const modelLimits: KeyRule<Required> = {
  name: "aixplain-model-limits",
  description: "A key has limits for each of its models.",
  enforcementLevel: "advisory",
  severity: "low",
  schema: schema("The limits that every entry of assetLimits has.", []),
  defaults: { required: [] },
  *looks({ props }, { required }) {
    const { assetLimits = [] } = props;
    if (assetLimits.length === 0)
      yield () =>
        "assetLimits is empty: one model may use up all limits of the key. Add an entry for each model.";
    for (const index of assetLimits.keys())
      for (const limit of required)
        yield () => {
          if (assetLimits[index]?.[limit] !== undefined) return undefined;
          const model = knownOr(
            () => JSON.stringify(assetLimits[index]?.model),
            "a model that is not known yet",
          );
          return `assetLimits[${index}].${limit} is not set, for ${model}. Set a number.`;
        };
  },
};
