import {
  type Adoption,
  type ApiKeyDeclaration,
  type Boost,
  DELETION_POLICIES,
  type Limits,
  TOKEN_TYPES,
} from "./model";
import { NAME_MAX } from "./name";
import type { Properties, TextProperty, TopLevelProperties } from "./property";
import { SUSPENSION_DATE } from "./suspension";

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
    absent: "",
    presence: "required",
    redacted: false,
    noun: "a model",
    hint: 'give a model id such as "6661df926d36df3b878e0697" or a path such as "openai/gpt-4o-mini/openai"',
    example: "6661df926d36df3b878e0697",
  },
} as const satisfies { model: TextProperty & { wire: string } };

const { tokenType: _, ...COUNTS } = LIMIT_PROPERTIES;

const BOOST = {
  until: {
    kind: "date",
    summary: "The day on which the ordinary limits return, at midnight UTC",
    absent: "",
    notes:
      "The first update on or after that day restores them. With a day in the past, the boost has no effect.",
    presence: "required",
    redacted: false,
    example: "2027-02-01",
  },
  globalLimits: {
    kind: "group",
    summary: "Higher limits of the key as a whole; each raises a limit in `globalLimits`",
    absent: "none are raised",
    presence: "optional",
    redacted: false,
    properties: COUNTS,
  },
  assetLimits: {
    kind: "set",
    summary:
      "Higher limits of single models; each raises a limit in `assetLimits`, with the model spelled as there",
    absent: "none are raised",
    presence: "optional",
    redacted: false,
    key: MODEL,
    properties: COUNTS,
    within: "globalLimits",
  },
} as const satisfies Properties<Boost>;

const ADOPTION = {
  id: {
    kind: "text",
    summary: "The key",
    form: "its id",
    absent: "none; then `name` is required",
    presence: "optional",
    redacted: false,
    noun: "an id",
    hint: "give the id of the key (npx pulumi-aixplain list shows it)",
    example: "673b1d9e2bef0365783d06e2",
  },
  name: {
    kind: "text",
    summary: "The key",
    form: "its exact name",
    absent: "none; then `id` is required",
    presence: "optional",
    redacted: false,
    noun: "a name",
    hint: "give the name of the key (npx pulumi-aixplain list shows it)",
    maxLength: NAME_MAX,
    example: "ci-bot",
  },
  accessKey: {
    kind: "text",
    summary: "The access key, a secret",
    form: "as the platform showed it when the key was created; the provider refuses one that does not match",
    absent: "unknown, and the output `accessKey` is undefined",
    presence: "optional",
    redacted: true,
    noun: "an access key",
    hint: "give the whole access key, or leave it out",
    example: "<access key>",
  },
} as const satisfies Properties<Adoption>;

/**
 * The single description of each property, in the order in which messages and previews list them. Checks, diff, state,
 * wire format and documentation are derived from it.
 */
export const PROPERTIES = {
  name: {
    kind: "text",
    wire: "name",
    summary: "The name of the key, unique in the aiXplain account",
    absent:
      "`<resource name>-<7 hex digits>`, which allows a replacement to be created before the old key is deleted",
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
  suspended: {
    kind: "flag",
    marks: { property: "expiresAt", value: SUSPENSION_DATE },
    aliases: ["disabled", "paused"],
    summary: "Whether the key is suspended",
    absent: "false",
    notes:
      "The platform refuses a suspended key at once. Removing this restores the key with the same access key, budget, limits and expiry.",
    presence: "optional",
    redacted: false,
    change: "update",
    example: true,
  },
  boost: {
    kind: "boost",
    summary: "Temporarily higher limits, instead of those in `globalLimits` and `assetLimits`",
    absent: "none",
    presence: "optional",
    redacted: false,
    change: "update",
    properties: BOOST,
    example: { until: "2027-02-01", globalLimits: { tokensPerDay: 5000 } },
  },
  deletionPolicy: {
    kind: "policy",
    summary: "What happens to the key when its resource is removed or replaced",
    absent: '"delete"',
    notes:
      '"expire" lets the key expire at the next midnight UTC; "keep" leaves it unchanged. The value of the last update counts.',
    presence: "optional",
    redacted: false,
    change: "update",
    choices: DELETION_POLICIES,
    default: "delete",
    example: "expire",
  },
  adopt: {
    kind: "adoption",
    summary: "An existing key that the new resource adopts, by `id` or by `name`; admin keys are refused",
    absent: "a new key",
    notes: "It has an effect only when the resource is created.",
    presence: "optional",
    redacted: false,
    change: "update",
    properties: ADOPTION,
    example: { id: "673b1d9e2bef0365783d06e2" },
  },
  rotationTrigger: {
    kind: "text",
    summary: "A text that you change when the access key has leaked",
    form: 'any text, such as a date or an incident number ("INC-4711")',
    absent: "none",
    notes: "The state keeps it; the platform never receives it.",
    presence: "optional",
    redacted: false,
    change: "renew",
    noun: "a trigger",
    hint: "set any text, or leave it out",
    maxLength: NAME_MAX,
    example: "INC-4711",
  },
} as const satisfies TopLevelProperties<ApiKeyDeclaration>;
