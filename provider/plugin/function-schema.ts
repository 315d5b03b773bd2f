import { FUNCTIONS, PACKAGE } from "./tokens";

const ref = (type: string): { readonly $ref: string } => ({ $ref: `#/types/${PACKAGE}:index:${type}` });
const text = (description: string) => ({ type: "string", description });
const number = (description: string) => ({ type: "number", description });

/** The types of usage readings, by name. */
export const USAGE_TYPES = {
  UsageReading: {
    type: "object",
    description: "How much of one limit is used in the current UTC day.",
    properties: {
      used: number("What was used since `resetsAt` minus one day."),
      limit: number("The limit in force; absent where there is none."),
      remaining: number("What is left of the limit, never below 0; absent where there is no limit."),
      percent: number("`used` as a percentage of `limit`, with one decimal."),
      resetsAt: text("When the window ends: the next midnight UTC, as an ISO 8601 instant."),
    },
    required: ["used", "resetsAt"],
  },
  ScopeUsage: {
    type: "object",
    description: "Usage of one scope: a key as a whole, or one model.",
    properties: { requests: ref("UsageReading"), tokens: ref("UsageReading") },
    required: ["requests", "tokens"],
  },
  ApiKeyInfo: {
    type: "object",
    description: "A key as the platform shows it.",
    properties: {
      id: text("The id of the key."),
      name: text("The name of the key, unique in the account."),
      budget: number("The total number of credits that the key may spend; absent where there is no budget."),
      expiresAt: text("The date on which the key expires, at midnight UTC; absent where it never does."),
      suspended: {
        type: "boolean",
        description: "Whether the key is suspended: the platform refuses it. Absent where it is not.",
      },
      globalLimits: { ...ref("Limits"), description: "The limits of the key as a whole." },
      assetLimits: {
        type: "array",
        items: ref("AssetLimits"),
        description: "The limits of single models, by the id of each model.",
      },
      accessKeyHint: text("The access key with all but its first and last four characters hidden."),
      isAdmin: { type: "boolean", description: "Whether the key is an admin key." },
    },
    required: ["id", "name", "accessKeyHint", "isAdmin"],
  },
};

const object = (properties: object, required: readonly string[]) => ({
  type: "object",
  properties,
  required,
});

/** The functions, by token. */
export const FUNCTION_SPECS = {
  [FUNCTIONS.getApiKey]: {
    description: "A key of the account, managed by this stack or not. Give its id or its exact name.",
    inputs: object({ id: text("The id of the key."), name: text("The exact name of the key.") }, []),
    outputs: USAGE_TYPES.ApiKeyInfo,
  },
  [FUNCTIONS.getApiKeys]: {
    description: "All keys of the account.",
    outputs: object({ apiKeys: { type: "array", items: ref("ApiKeyInfo") } }, ["apiKeys"]),
  },
  [FUNCTIONS.getUsage]: {
    description:
      "The usage of a key in the current UTC day, read whenever the program runs. A reading that fails is a warning, and `unavailable` says why.",
    inputs: object({ id: text("The id of the key.") }, ["id"]),
    outputs: object(
      {
        total: { ...ref("ScopeUsage"), description: "The key as a whole; absent where the reading failed." },
        models: {
          type: "object",
          additionalProperties: ref("ScopeUsage"),
          description: "By model id: every model that the key limits or has used.",
        },
        unavailable: text("Why there is no reading, where it failed."),
      },
      ["models"],
    ),
  },
  [FUNCTIONS.getModel]: {
    description: "A model by its id or its path.",
    inputs: object(
      { model: text("The id of the model, or its path, such as `openai/gpt-4o-mini/openai`.") },
      ["model"],
    ),
    outputs: object({ id: text("The id."), path: text("The path."), name: text("The name for people.") }, [
      "id",
    ]),
  },
};
