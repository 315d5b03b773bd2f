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

/** The properties of limits, in the order in which messages and previews list them. */
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
} as const satisfies { model: TextProperty & { wire: string } };

const { tokenType: _, ...COUNTS } = LIMIT_PROPERTIES;

const BOOST = {
  until: {
    kind: "date",
    summary: "The day from which the limits are the ordinary ones again, at midnight UTC",
    absent: "an error",
    notes: "The first run after it sets them back. A day in the past is no error: the boost has no effect.",
    presence: "required",
    redacted: false,
    example: "2027-02-01",
  },
  globalLimits: {
    kind: "group",
    summary: "Higher limits of the key as a whole; each raises one that `globalLimits` sets",
    absent: "none are raised",
    presence: "optional",
    redacted: false,
    properties: COUNTS,
  },
  assetLimits: {
    kind: "set",
    summary:
      "Higher limits of single models; each raises one that `assetLimits` sets, for the model as spelled there",
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
    absent: "give `name`",
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
    absent: "give `id`",
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
    form: "as the platform showed it when the key was created; one that does not fit the key is refused",
    absent: "the access key stays unknown, and so does the output `accessKey`",
    presence: "optional",
    redacted: true,
    noun: "an access key",
    hint: "give the whole access key, or leave it out",
    example: "<access key>",
  },
} as const satisfies Properties<Adoption>;

/**
 * The one description of each property of a key, in the order in which messages and previews list them. The checks, the
 * comparison, the reading of states, both ways of the wire and the documentation follow from it.
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
  suspended: {
    kind: "flag",
    marks: { property: "expiresAt", value: SUSPENSION_DATE },
    aliases: ["disabled", "paused"],
    summary: "Whether the key is stopped",
    absent: "false",
    notes:
      "The platform refuses a suspended key at once. It comes back with the same access key, budget, limits and expiry.",
    presence: "optional",
    redacted: false,
    change: "update",
    example: true,
  },
  boost: {
    kind: "boost",
    summary: "Higher limits for a time, in the place of those that `globalLimits` and `assetLimits` set",
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
      '"expire" leaves the key and lets it expire at the next midnight UTC; "keep" leaves it as it is. What the last update wrote into the state counts.',
    presence: "optional",
    redacted: false,
    change: "update",
    choices: DELETION_POLICIES,
    default: "delete",
    example: "expire",
  },
  adopt: {
    kind: "adoption",
    summary: "An existing key that the new resource takes over, by `id` or by `name`; admin keys are refused",
    absent: "a key is created",
    notes: "It acts when the resource is created, and has no effect afterwards.",
    presence: "optional",
    redacted: false,
    change: "update",
    properties: ADOPTION,
    example: { id: "673b1d9e2bef0365783d06e2" },
  },
} as const satisfies TopLevelProperties<ApiKeyDeclaration>;
