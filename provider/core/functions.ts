import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import { isPlainObject, kind } from "./quote";

/** The type of a value: plain, or one of {@link RESULT_TYPES} or of the types of the resource by its name. */
export type FieldType =
  | "string"
  | "number"
  | "boolean"
  | { readonly one: string }
  | { readonly listOf: string }
  | { readonly mapOf: string };

export interface Field {
  readonly type: FieldType;
  readonly description?: string;
  /** Whether every result has it. */
  readonly always?: true;
}

export interface ResultType {
  readonly description: string;
  readonly fields: Readonly<Record<string, Field>>;
}

type ArgumentKind = "text" | "whole" | "number";

export interface Argument {
  readonly kind: ArgumentKind;
  readonly description: string;
  readonly required?: true;
}

export interface FunctionDescription {
  readonly description: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  /** Exactly one of these arguments is required. */
  readonly either?: readonly string[];
  readonly result: ResultType;
}

const text = (description?: string): Field => ({ type: "string", ...(description ? { description } : {}) });
const amount = (description: string): Field => ({ type: "number", description });
const always = (field: Field): Field => ({ ...field, always: true });

export const RESULT_TYPES = {
  UsageReading: {
    description: "How much of one limit is used in the current UTC day.",
    fields: {
      used: always(amount("The usage since the last midnight UTC.")),
      limit: amount("The limit in force; absent if there is none."),
      remaining: amount("The rest of the limit, 0 or more; absent if there is no limit."),
      percent: amount("`used` as a percentage of `limit`, with one decimal."),
      resetsAt: always(text("When the window ends: the next midnight UTC, as an ISO 8601 instant.")),
    },
  },
  ScopeUsage: {
    description: "Usage of one scope: a key as a whole, or one model.",
    fields: {
      requests: always({ type: { one: "UsageReading" } }),
      tokens: always({ type: { one: "UsageReading" } }),
    },
  },
  ApiKeyInfo: {
    description: "A key as the platform shows it.",
    fields: {
      id: always(text("The id of the key.")),
      name: always(text("The name of the key, unique in the account.")),
      budget: amount("The total number of credits that the key may spend; absent if there is no budget."),
      expiresAt: text("The date on which the key expires, at midnight UTC; absent if it never expires."),
      globalLimits: { type: { one: "Limits" }, description: "The limits of the key as a whole." },
      assetLimits: {
        type: { listOf: "AssetLimits" },
        description: "The limits of single models, by the id of each model.",
      },
      accessKeyHint: always(text("The access key with all but its first and last four characters hidden.")),
      isAdmin: always({ type: "boolean", description: "Whether the key is an admin key." }),
    },
  },
} as const satisfies Readonly<Record<string, ResultType>>;

/**
 * The single description of each function. The checks of both front doors and the plugin's schema are derived from it.
 */
export const FUNCTIONS = {
  getApiKey: {
    description:
      "Looks up a key of the account by its id or its exact name, whether or not this stack manages it. Fails if there is no such key.",
    arguments: {
      id: { kind: "text", description: "The id of the key." },
      name: { kind: "text", description: "The exact name of the key." },
    },
    either: ["id", "name"],
    result: RESULT_TYPES.ApiKeyInfo,
  },
  getApiKeys: {
    description:
      "Lists the keys of the account that meet every condition; without conditions, all keys. `usedAbovePercent` costs one more call for each key that meets the other conditions and has a daily limit.",
    arguments: {
      namePrefix: { kind: "text", description: "Only keys whose names begin with this text." },
      expiringWithinDays: {
        kind: "whole",
        description: "Only keys that expire within this number of days. Expired keys are not included.",
      },
      usedAbovePercent: {
        kind: "number",
        description:
          "Only keys that have used more than this percentage of a daily limit, of the whole key or of a model. Fails if a usage cannot be read.",
      },
    },
    result: {
      description: "Keys of the account.",
      fields: {
        apiKeys: always({
          type: { listOf: "ApiKeyInfo" },
          description: "The keys, in the order of the platform's list.",
        }),
      },
    },
  },
  getUsage: {
    description:
      "Reads the usage of a key in the current UTC day whenever the program runs. A failed reading is a warning, and `unavailable` gives the reason.",
    arguments: { id: { kind: "text", description: "The id of the key.", required: true } },
    result: {
      description: "The usage of a key.",
      fields: {
        total: {
          type: { one: "ScopeUsage" },
          description: "The key as a whole; absent if the reading failed.",
        },
        models: always({
          type: { mapOf: "ScopeUsage" },
          description: "By model id: every model that the key limits or has used.",
        }),
        unavailable: text("Why the reading failed."),
      },
    },
  },
  getModel: {
    description: "Looks up a model by its id or its path. Fails if the platform does not know it.",
    arguments: {
      model: {
        kind: "text",
        description: "The id of the model, or its path, such as `openai/gpt-4o-mini/openai`.",
        required: true,
      },
    },
    result: {
      description: "A model.",
      fields: {
        id: always(text("The id.")),
        path: text("The path."),
        name: text("The display name."),
      },
    },
  },
} as const satisfies Readonly<Record<string, FunctionDescription>>;

export type FunctionName = keyof typeof FUNCTIONS;

/** The name by which the engine calls a function of the plugin, and unit tests mock it. */
export const tokenOf = (name: FunctionName): string => `aixplain:index:${name}`;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function reasonAgainst(expected: ArgumentKind, value: unknown): string | undefined {
  if (expected === "text") {
    if (value === "") return "must not be empty";
    return typeof value === "string" ? undefined : `must be text; got ${kind(value)}`;
  }
  const noun = expected === "whole" ? "a whole number, 0 or more" : "a number, 0 or more";
  const sound = typeof value === "number" && Number.isFinite(value) && value >= 0;
  if (sound && (expected === "number" || Number.isSafeInteger(value))) return undefined;
  return `must be ${noun}; got ${kind(value)}`;
}

export function argumentProblems(name: FunctionName, given: unknown): readonly Problem[] {
  const { arguments: known, either = [] }: FunctionDescription = FUNCTIONS[name];
  if (!isPlainObject(given))
    return [{ property: "arguments", reason: `must be an object; got ${kind(given)}` }];
  const names = Object.keys(known);
  const foreign = Object.keys(given)
    .filter((each) => !names.includes(each))
    .map((property): Problem => {
      const all = names.join(", ");
      const hint = didYouMean(nearest(property, names));
      return { property, reason: `is not an argument of ${name}${hint} (known: ${all})` };
    });
  const wrong = Object.entries(known).flatMap(([property, { kind: expected, required }]): Problem[] => {
    const value = given[property];
    if (!isGiven(value)) return required ? [{ property, reason: "is missing: give it as text" }] : [];
    const reason = reasonAgainst(expected, value);
    return reason === undefined ? [] : [{ property, reason }];
  });
  const count = either.filter((each) => isGiven(given[each])).length;
  const choice =
    either.length === 0 || count === 1
      ? []
      : [{ property: either.join(" or "), reason: "must be set, but not both" }];
  return [...foreign, ...wrong, ...choice];
}
