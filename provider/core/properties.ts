import { type ApiKeyDeclaration, type Limits, TOKEN_TYPES } from "./model";
import { NAME_MAX } from "./name";
import type { Properties, TextProperty, TopLevelProperties } from "./property";

const limit = { kind: "count", absent: "no limit", presence: "optional", redacted: false } as const;

/** In the order in which messages and previews list them. */
export const LIMIT_PROPERTIES = {
  tokensPerMinute: {
    ...limit,
    wire: "tpm",
    summary: "Tokens per UTC minute",
    counts: "tokens",
    per: "minute",
    example: 100,
  },
  tokensPerDay: {
    ...limit,
    wire: "tpd",
    summary: "Tokens per UTC day",
    counts: "tokens",
    per: "day",
    example: 1000,
  },
  requestsPerMinute: {
    ...limit,
    wire: "rpm",
    summary: "Requests per UTC minute",
    counts: "requests",
    per: "minute",
    example: 100,
  },
  requestsPerDay: {
    ...limit,
    wire: "rpd",
    summary: "Requests per UTC day",
    counts: "requests",
    per: "day",
    example: 1000,
  },
  tokenType: {
    kind: "choice",
    wire: "tokenType",
    summary: "Which tokens the token limits count",
    absent: '"total", input plus output',
    presence: "optional",
    redacted: false,
    choices: TOKEN_TYPES,
    default: "total",
    qualifies: "tokens",
    example: "input",
  },
} as const satisfies Properties<Limits>;

const MODEL = {
  model: {
    kind: "text",
    wire: "assetId",
    summary: "The model",
    form: 'its id ("6661df926d36df3b878e0697") or its path ("openai/gpt-4o-mini/openai")',
    absent: "an error",
    presence: "required",
    redacted: false,
    noun: "a model",
    hint: 'give a model id such as "6661df926d36df3b878e0697" or a path such as "openai/gpt-4o-mini/openai"',
    example: "6661df926d36df3b878e0697",
  },
} as const satisfies { model: TextProperty };

/**
 * The single description of each property, in the order in which messages and previews list them. Checks, diff, state,
 * wire format and documentation are derived from it.
 */
export const PROPERTIES = {
  name: {
    kind: "text",
    wire: "name",
    summary: "The name of the key, unique in the aiXplain account",
    absent: "`<resource name>-<7 hex digits>`, and a replacement can be created before the old key goes",
    notes: "Changing it renames the key in place. The maximum is assumed: the platform documents none.",
    presence: "automatic",
    redacted: false,
    change: "update",
    noun: "a name",
    hint: "give the key a name, or leave `name` out for an automatic one",
    maxLength: NAME_MAX,
    example: "ci-bot",
  },
  budget: {
    kind: "amount",
    wire: "budget",
    summary: "The total number of credits that the key may spend",
    absent: "no budget",
    notes: "Raising it adds credits.",
    presence: "optional",
    redacted: false,
    change: "update",
    unit: "credits",
    example: 1000,
  },
  expiresAt: {
    kind: "date",
    wire: "expiresAt",
    aliases: ["expiry"],
    summary: "When the key expires, always at midnight UTC",
    absent: "never",
    notes: "A date in the past is an error on a new key.",
    presence: "optional",
    redacted: false,
    change: "update",
    example: "2027-01-31",
  },
  globalLimits: {
    kind: "group",
    wire: "globalLimits",
    aliases: ["limits"],
    summary: "Limits of the key as a whole",
    absent: "none",
    presence: "optional",
    redacted: false,
    change: "update",
    properties: LIMIT_PROPERTIES,
  },
  assetLimits: {
    kind: "set",
    wire: "assetsLimits",
    summary: "Limits of single models",
    absent: "none",
    notes: "They hold together with `globalLimits`; neither overrides the other.",
    presence: "optional",
    redacted: false,
    change: "update",
    key: MODEL,
    properties: LIMIT_PROPERTIES,
    within: "globalLimits",
  },
  rotationTrigger: {
    kind: "text",
    summary: "A text to change when the access key has leaked",
    form: 'any, such as a date or the number of an incident ("INC-4711")',
    absent: "nothing to change",
    notes: "It is kept in the state and never sent to the platform.",
    presence: "optional",
    redacted: false,
    change: "renew",
    noun: "a trigger",
    hint: "give it any text, or leave it out",
    maxLength: NAME_MAX,
    example: "INC-4711",
  },
} as const satisfies TopLevelProperties<ApiKeyDeclaration>;
