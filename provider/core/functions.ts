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

/** A value that a function answers. */
export interface Field {
  readonly type: FieldType;
  readonly description?: string;
  /** Whether it is there in every answer. */
  readonly always?: true;
}

export interface ResultType {
  readonly description: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** What an argument may be: text that is not empty; a whole number, 0 or more; a number, 0 or more. */
type ArgumentKind = "text" | "whole" | "number";

export interface Argument {
  readonly kind: ArgumentKind;
  readonly description: string;
  readonly required?: true;
}

export interface FunctionDescription {
  readonly description: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  /** The arguments of which exactly one has to be given. */
  readonly either?: readonly string[];
  readonly result: ResultType;
}

const text = (description?: string): Field => ({ type: "string", ...(description ? { description } : {}) });
const amount = (description: string): Field => ({ type: "number", description });
const always = (field: Field): Field => ({ ...field, always: true });

/** The objects that results are made of. */
export const RESULT_TYPES = {
  UsageReading: {
    description: "How much of one limit is used in the current UTC day.",
    fields: {
      used: always(amount("What was used since `resetsAt` minus one day.")),
      limit: amount("The limit in force; absent where there is none."),
      remaining: amount("What is left of the limit, never below 0; absent where there is no limit."),
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
      budget: amount("The total number of credits that the key may spend; absent where there is no budget."),
      expiresAt: text("The date on which the key expires, at midnight UTC; absent where it never does."),
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
 * The one description of each function: its arguments, what it answers, and the words for both. The checks of both front
 * doors and the schema of the plugin follow from it.
 */
export const FUNCTIONS = {
  getApiKey: {
    description:
      "A key of the account, managed by this stack or not. Give its id or its exact name. Fails where there is none.",
    arguments: {
      id: { kind: "text", description: "The id of the key." },
      name: { kind: "text", description: "The exact name of the key." },
    },
    either: ["id", "name"],
    result: RESULT_TYPES.ApiKeyInfo,
  },
  getApiKeys: {
    description:
      "The keys of the account, all of them or those that meet every condition. Only `usedAbovePercent` costs calls besides the list: one for each key that meets the other conditions and has a limit of the day.",
    arguments: {
      namePrefix: { kind: "text", description: "Only keys whose names begin with this text." },
      expiringWithinDays: {
        kind: "whole",
        description:
          "Only keys that expire within so many days from now. Keys that have expired are not among them.",
      },
      usedAbovePercent: {
        kind: "number",
        description:
          "Only keys that have used more than so many percent of one of their limits of the UTC day, as a whole or for a model. Fails where a usage cannot be read.",
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
      "The usage of a key in the current UTC day, read whenever the program runs. A reading that fails is a warning, and `unavailable` says why.",
    arguments: { id: { kind: "text", description: "The id of the key.", required: true } },
    result: {
      description: "The usage of a key.",
      fields: {
        total: {
          type: { one: "ScopeUsage" },
          description: "The key as a whole; absent where the reading failed.",
        },
        models: always({
          type: { mapOf: "ScopeUsage" },
          description: "By model id: every model that the key limits or has used.",
        }),
        unavailable: text("Why there is no reading, where it failed."),
      },
    },
  },
  getModel: {
    description: "A model by its id or its path. Fails where the platform does not know it.",
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
        name: text("The name for people."),
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

/** Everything that is wrong with the arguments of a function. */
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
      : [{ property: either.join(" or "), reason: "has to be given, and not both" }];
  return [...foreign, ...wrong, ...choice];
}
