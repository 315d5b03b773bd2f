import { UNKNOWN } from "../provider/core/unknown";

/** A declaration of a new key that must be refused, and everything that must be said about it, in any order. */
export interface BadInput {
  readonly title: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly problems: readonly { readonly property: string; readonly reason: string }[];
  /** Why no Pulumi program can send it, where that is so: the case then runs in process alone. */
  readonly onlyInProcess?: string;
}

type Problem = BadInput["problems"][number];

const MODEL = "6661df926d36df3b878e0697";
const PATH = "openai/gpt-4o-mini/openai";
const LIMITS = ["tokensPerMinute", "tokensPerDay", "requestsPerMinute", "requestsPerDay"];

const one = (property: string, title: string, value: unknown, reason: string): BadInput => ({
  title: `${property}: ${title}`,
  args: { [property]: value },
  problems: [{ property, reason }],
});

const names: BadInput[] = [
  one("name", "empty", "", "must not be empty"),
  one("name", "spaces only", "   ", "must not be empty"),
  one("name", "a number", 42, "must be text; got 42"),
  one("name", "a truth value", true, "must be text; got true"),
  one("name", "a list", ["ci-bot"], "must be text; got a list"),
  one("name", "an object", { first: "ci" }, 'must be text; got an object ({"first":"ci"})'),
  one("name", "a line break inside", "ci\nbot", "contains a control character"),
  one("name", "a tab inside", "ci\tbot", 'got "ci\\tbot"'),
  one("name", "a zero byte inside", "ci\u0000bot", "contains a control character"),
  one("name", "a delete character inside", "ci\u007fbot", "contains a control character"),
  one("name", "a next-line character inside", "ci\u0085bot", "contains a control character"),
  one("name", "a line separator inside", "ci\u2028bot", "contains a control character"),
  {
    ...one("name", "the first half of a pair only", "ci\ud83dbot", "contains a control character"),
    onlyInProcess: "what Pulumi sends is UTF-8, which has no halves of pairs",
  },
  {
    ...one("name", "the second half of a pair only", "ci\ude00bot", "contains a control character"),
    onlyInProcess: "what Pulumi sends is UTF-8, which has no halves of pairs",
  },
  one("name", "a space before", " ci-bot", "has surrounding spaces"),
  one("name", "a space behind", "ci-bot ", "has surrounding spaces"),
  one("name", "a no-break space behind", "ci-bot\u00a0", "has surrounding spaces"),
  one("name", "a byte order mark before", "\ufeffci-bot", "has surrounding spaces"),
  one("name", "256 letters", "x".repeat(256), "must have at most 255 characters; got 256"),
  one("name", "128 emoji, which are 256 code units", "😀".repeat(128), "at most 255 characters; got 256"),
];

const triggers: BadInput[] = [
  one("rotationTrigger", "empty", "", "must not be empty"),
  one("rotationTrigger", "a number", 3, "must be text; got 3"),
  one("rotationTrigger", "spaces around", " leak ", "has surrounding spaces"),
  one("rotationTrigger", "256 letters", "x".repeat(256), "must have at most 255 characters; got 256"),
];

const budgets: BadInput[] = [
  one("budget", "a number in quotes", "1000", "write 1000 without quotes"),
  one("budget", "an exponent in quotes", "1e3", "write 1000 without quotes"),
  one("budget", "words", "a lot", 'must be a number of credits, 0 or more; got the text "a lot"'),
  one("budget", "empty text", "", "must be a number of credits, 0 or more"),
  one("budget", "below zero", -1, "must be 0 or more credits; got -1"),
  one("budget", "a fraction below zero", -0.01, "must be 0 or more credits; got -0.01"),
  one("budget", "not a number", Number.NaN, "must be a number of credits, 0 or more; got NaN"),
  one("budget", "infinite", Number.POSITIVE_INFINITY, "got Infinity"),
  one("budget", "infinite below zero", Number.NEGATIVE_INFINITY, "got -Infinity"),
  one("budget", "beyond what a number holds exactly", 2 ** 53, "must be at most 9007199254740991"),
  one("budget", "huge", 1e300, "must be at most 9007199254740991"),
  one("budget", "a truth value", true, "got true"),
  one("budget", "a list", [1000], "got a list"),
  one("budget", "an object", { credits: 1000 }, 'got an object ({"credits":1000})'),
];

const expiry = (title: string, value: unknown, reason: string): BadInput =>
  one("expiresAt", title, value, reason);

const expiries: BadInput[] = [
  expiry("30 February", "2099-02-30", "is not a calendar date"),
  expiry("29 February of a year that is no leap year", "2100-02-29", "is not a calendar date"),
  expiry("31 April", "2099-04-31", "is not a calendar date"),
  expiry("a thirteenth month", "2099-13-01", "is not a calendar date"),
  expiry("a day zero", "2099-01-00", "is not a calendar date"),
  expiry("midnight of 30 February", "2099-02-30T00:00:00Z", "is not a valid date and time"),
  expiry("25 o'clock", "2099-01-31T25:00:00Z", "is not a valid date and time"),
  expiry("a leap second", "2099-01-31T23:59:60Z", "is not a valid date and time"),
  expiry("noon", "2099-01-31T12:00:00Z", 'write "2099-01-31" or "2099-02-01"'),
  expiry("a millisecond early", "2098-12-31T23:59:59.999Z", 'write "2098-12-31" or "2099-01-01"'),
  expiry("midnight elsewhere", "2099-01-31T00:00:00+02:00", 'write "2099-01-30" or "2099-01-31"'),
  expiry("beyond the last year", "9999-12-31T22:00:00-02:00", "is not a valid date and time"),
  expiry("noon of the last day", "9999-12-31T12:00:00Z", 'write "9999-12-31"'),
  expiry("an instant without a zone", "2099-01-31T00:00:00", "an ISO 8601 instant with its zone"),
  expiry("one digit for the month", "2099-1-31", "is not a date"),
  expiry("slashes", "2099/01/31", 'is not a date: write "YYYY-MM-DD"'),
  expiry("day first", "31.01.2099", 'got "31.01.2099"'),
  expiry("words", "next year", 'got "next year"'),
  expiry("empty text", "", "is not a date"),
  expiry("spaces around", " 2099-01-31", 'got " 2099-01-31"'),
  expiry("what a broken Date becomes", "Invalid Date", "is not a date"),
  expiry("seconds since 1970", 4_073_500_800, 'must be a date such as "2027-01-31"; got 4073500800'),
  expiry("a truth value", true, "must be a date"),
  expiry("an object", {}, "must be a date"),
  expiry("the past", "2020-01-01", 'is in the past; got "2020-01-01"'),
  expiry("the past as an instant", "2020-01-01T00:00:00Z", "is in the past"),
  expiry("a past instant with an offset", "2020-01-01T02:00:00+02:00", "is in the past"),
];

const inLimits = (title: string, value: Record<string, unknown>, ...problems: Problem[]): BadInput => ({
  title: `globalLimits: ${title}`,
  args: { globalLimits: value },
  problems: problems.map(({ property, reason }) => ({ property: `globalLimits.${property}`, reason })),
});

const limits: BadInput[] = [
  ...LIMITS.flatMap((property) => [
    inLimits(`${property} below zero`, { [property]: -1 }, { property, reason: "must be 0 or more; got -1" }),
    inLimits(
      `${property} a fraction`,
      { [property]: 0.5 },
      { property, reason: "must be a whole number; got 0.5" },
    ),
    inLimits(
      `${property} in quotes`,
      { [property]: "10" },
      { property, reason: "write 10 without quotes (from configuration: requireNumber)" },
    ),
    inLimits(
      `${property} beyond what a number holds exactly`,
      { [property]: Number.MAX_SAFE_INTEGER + 1 },
      { property, reason: "must be at most 9007199254740991" },
    ),
  ]),
  inLimits(
    "not a number",
    { tokensPerDay: Number.NaN },
    { property: "tokensPerDay", reason: "must be a whole number, 0 or more; got NaN" },
  ),
  inLimits(
    "infinite",
    { requestsPerDay: Number.POSITIVE_INFINITY },
    { property: "requestsPerDay", reason: "got Infinity" },
  ),
  inLimits(
    "a truth value for a limit",
    { tokensPerDay: true },
    { property: "tokensPerDay", reason: "got true" },
  ),
  inLimits("a list for a limit", { tokensPerDay: [10] }, { property: "tokensPerDay", reason: "got a list" }),
  inLimits(
    "a token type that is none",
    { tokensPerDay: 1, tokenType: "both" },
    { property: "tokenType", reason: 'must be one of "input", "output", "total"; got the text "both"' },
  ),
  inLimits(
    "a token type in capitals",
    { tokensPerDay: 1, tokenType: "Total" },
    { property: "tokenType", reason: 'got the text "Total"' },
  ),
  inLimits(
    "a number for a token type",
    { tokensPerDay: 1, tokenType: 2 },
    { property: "tokenType", reason: "got 2" },
  ),
  one("globalLimits", "text", "none", 'must be an object of limits; got the text "none"'),
  one("globalLimits", "a number", 100, "must be an object of limits; got 100"),
  one("globalLimits", "a list", [{ tokensPerDay: 1 }], "must be an object of limits; got a list"),
  inLimits(
    "every limit wrong in its own way",
    {
      tokensPerMinute: -1,
      tokensPerDay: 1.5,
      requestsPerMinute: "9",
      requestsPerDay: 1e16,
      tokenType: "all",
    },
    { property: "tokensPerMinute", reason: "0 or more" },
    { property: "tokensPerDay", reason: "whole number" },
    { property: "requestsPerMinute", reason: "without quotes" },
    { property: "requestsPerDay", reason: "at most" },
    { property: "tokenType", reason: "one of" },
  ),
];

const inAsset = (title: string, entry: unknown, ...problems: Problem[]): BadInput => ({
  title: `assetLimits: ${title}`,
  args: { assetLimits: [{ model: PATH, requestsPerDay: 5 }, entry] },
  problems: problems.map(({ property, reason }) => ({ property: `assetLimits[1]${property}`, reason })),
});

const manyModels = Array.from({ length: 3000 }, (_, n) => ({ model: `model-${n}`, requestsPerDay: n }));

const assets: BadInput[] = [
  one("assetLimits", "an object", { [MODEL]: { tokensPerDay: 1 } }, "must be a list of limits"),
  one("assetLimits", "text", MODEL, "must be a list of limits, one entry per model; got the text"),
  one("assetLimits", "a number", 3, "must be a list of limits, one entry per model; got 3"),
  inAsset("an entry that is text", MODEL, {
    property: "",
    reason: "must be an object of limits; got the text",
  }),
  inAsset("an entry that is a number", 7, { property: "", reason: "must be an object of limits; got 7" }),
  inAsset("an entry that is a list", [], { property: "", reason: "must be an object of limits; got a list" }),
  inAsset("no model", { tokensPerDay: 1 }, { property: ".model", reason: "is missing" }),
  inAsset("null for a model", { model: null, tokensPerDay: 1 }, { property: ".model", reason: "is missing" }),
  inAsset(
    "an empty model",
    { model: "", tokensPerDay: 1 },
    { property: ".model", reason: "must not be empty" },
  ),
  inAsset(
    "a number for a model",
    { model: 6661, tokensPerDay: 1 },
    { property: ".model", reason: "got 6661" },
  ),
  inAsset(
    "a model with a line break",
    { model: `${MODEL}\n`, tokensPerDay: 1 },
    { property: ".model", reason: "contains a control character" },
  ),
  inAsset(
    "a model with a space behind",
    { model: `${MODEL} `, tokensPerDay: 1 },
    { property: ".model", reason: "has surrounding spaces" },
  ),
  inAsset(
    "an entry without limits",
    { model: MODEL },
    { property: "", reason: `sets no limit for "${MODEL}"` },
  ),
  inAsset(
    "null for every limit",
    { model: MODEL, ...Object.fromEntries(LIMITS.map((name) => [name, null])) },
    { property: "", reason: `sets no limit for "${MODEL}"` },
  ),
  inAsset(
    "a token type and nothing that it speaks of",
    { model: MODEL, tokenType: "input" },
    { property: "", reason: "sets no limit" },
  ),
  {
    title: "globalLimits: a token type and nothing that it speaks of",
    args: { globalLimits: { tokenType: "input", tokensPerDay: null } },
    problems: [{ property: "globalLimits.tokenType", reason: "has no effect without a limit" }],
  },
  inAsset(
    "an entry that says nothing",
    {},
    { property: ".model", reason: "is missing" },
    { property: "", reason: "sets no limit: set one of tokensPerMinute" },
  ),
  inAsset(
    "the same model again",
    { model: PATH, tokensPerDay: 1 },
    { property: ".model", reason: `names "${PATH}" a second time, after assetLimits[0]` },
  ),
  {
    title: "assetLimits: the same model three times, not side by side",
    args: {
      assetLimits: ["a", "b", "a", "c", "a"].map((model) => ({ model, requestsPerDay: 1 })),
    },
    problems: [
      { property: "assetLimits[2].model", reason: "after assetLimits[0]" },
      { property: "assetLimits[4].model", reason: "after assetLimits[0]" },
    ],
  },
  inAsset(
    "every limit wrong in its own way",
    { model: MODEL, tokensPerMinute: "x", tokensPerDay: -5, requestsPerMinute: 2.5, requestsPerDay: 2 ** 60 },
    { property: ".tokensPerMinute", reason: 'got the text "x"' },
    { property: ".tokensPerDay", reason: "0 or more" },
    { property: ".requestsPerMinute", reason: "whole number" },
    { property: ".requestsPerDay", reason: "at most" },
  ),
  {
    title: "assetLimits: one bad limit among thousands",
    args: { assetLimits: [...manyModels, { model: "the-last", requestsPerDay: -1 }] },
    problems: [{ property: "assetLimits[3000].requestsPerDay", reason: "must be 0 or more; got -1" }],
  },
  {
    title: "assetLimits: one model twice among thousands",
    args: { assetLimits: [...manyModels, { model: "model-1234", requestsPerDay: 1 }] },
    problems: [{ property: "assetLimits[3000].model", reason: "after assetLimits[1234]" }],
  },
];

const misspelt = (property: string, suggestion: string): BadInput =>
  one(property, "not a property", 1, `is not a property of an API key; did you mean ${suggestion}?`);

const misspeltLimit = (property: string, suggestion: string): BadInput =>
  inLimits(
    `${property} is not a property`,
    { [property]: 1 },
    { property, reason: `is not a property of limits; did you mean ${suggestion}?` },
  );

const unknownProperties: BadInput[] = [
  misspelt("bugdet", "budget"),
  misspelt("Name", "name"),
  misspelt("expiresOn", "expiresAt"),
  misspelt("expiry", "expiresAt"),
  misspelt("limits", "globalLimits"),
  misspelt("assetsLimits", "assetLimits"),
  misspelt("global_limits", "globalLimits"),
  one("colour", "like nothing that there is", "red", "is not a property of an API key (known: name, budget"),
  one("accessKey", "an output", "key", "is not a property of an API key (known: name, budget"),
  one("tokensPerDay", "one level too high", 10, "is not a property of an API key"),
  one("tpm", "a wire name, one level too high", 10, "is not a property of an API key (known: name, budget"),
  misspeltLimit("tpm", "tokensPerMinute"),
  misspeltLimit("tpd", "tokensPerDay"),
  misspeltLimit("rpm", "requestsPerMinute"),
  misspeltLimit("rpd", "requestsPerDay"),
  misspeltLimit("tokenPerDay", "tokensPerDay"),
  misspeltLimit("TokenType", "tokenType"),
  inLimits(
    "a model, which only asset limits have",
    { model: MODEL, tokensPerDay: 1 },
    { property: "model", reason: "is not a property of limits (known: tokensPerMinute" },
  ),
  inAsset(
    "a wire name for the model",
    { assetId: MODEL, tokensPerDay: 1 },
    { property: ".assetId", reason: "did you mean model?" },
    { property: ".model", reason: "is missing" },
  ),
  inAsset(
    "a wire name",
    { model: MODEL, tpm: 1 },
    { property: ".tpm", reason: "did you mean tokensPerMinute?" },
  ),
  inAsset(
    "a misspelt limit",
    { model: MODEL, requestPerDay: 1 },
    { property: ".requestPerDay", reason: "did you mean requestsPerDay?" },
  ),
];

/** A value that a preview cannot know yet hides nothing that is wrong beside it. */
const beside: BadInput[] = [
  {
    title: "an unknown name beside a bad budget",
    args: { name: UNKNOWN, budget: -1 },
    problems: [{ property: "budget", reason: "0 or more" }],
  },
  {
    title: "an unknown expiry beside a misspelt property",
    args: { expiresAt: UNKNOWN, bugdet: 1 },
    problems: [{ property: "bugdet", reason: "did you mean budget?" }],
  },
  {
    title: "unknown asset limits beside a bad expiry",
    args: { assetLimits: UNKNOWN, globalLimits: UNKNOWN, expiresAt: "soon" },
    problems: [{ property: "expiresAt", reason: "is not a date" }],
  },
  inLimits(
    "an unknown limit beside a bad one",
    { tokensPerDay: UNKNOWN, requestsPerDay: 1.5 },
    { property: "requestsPerDay", reason: "whole number" },
  ),
  {
    title: "assetLimits: an unknown entry beside a bad one",
    args: { assetLimits: [UNKNOWN, { model: MODEL, requestsPerDay: -2 }] },
    problems: [{ property: "assetLimits[1].requestsPerDay", reason: "0 or more" }],
  },
  inAsset(
    "an unknown model with a bad limit",
    { model: UNKNOWN, tokensPerDay: "9" },
    { property: ".tokensPerDay", reason: "without quotes" },
  ),
  inAsset(
    "an unknown model without limits",
    { model: UNKNOWN },
    { property: "", reason: "sets no limit: set one of tokensPerMinute" },
  ),
  inAsset(
    "an unknown limit beside an unknown property",
    { model: MODEL, tokensPerDay: UNKNOWN, rpm: UNKNOWN },
    { property: ".rpm", reason: "did you mean requestsPerMinute?" },
  ),
  {
    title: "assetLimits: a model twice with an unknown one between",
    args: { assetLimits: ["a", UNKNOWN, "a"].map((model) => ({ model, tokensPerDay: UNKNOWN })) },
    problems: [{ property: "assetLimits[2].model", reason: "after assetLimits[0]" }],
  },
];

const severalAtOnce: BadInput[] = [
  {
    title: "something wrong with every property",
    args: {
      name: "",
      budget: "100",
      expiresAt: "2099-02-30",
      globalLimits: { tokensPerDay: -1, tpm: 5 },
      assetLimits: [{ model: MODEL }, { model: MODEL, requestsPerDay: 0.1 }, null, { tokensPerDay: 1 }],
      colour: "red",
    },
    problems: [
      { property: "name", reason: "must not be empty" },
      { property: "budget", reason: "without quotes" },
      { property: "expiresAt", reason: "is not a calendar date" },
      { property: "globalLimits.tokensPerDay", reason: "0 or more" },
      { property: "globalLimits.tpm", reason: "did you mean tokensPerMinute?" },
      { property: "assetLimits[0]", reason: "sets no limit" },
      { property: "assetLimits[1].model", reason: "a second time" },
      { property: "assetLimits[1].requestsPerDay", reason: "whole number" },
      { property: "assetLimits[3].model", reason: "is missing" },
      { property: "colour", reason: "is not a property" },
    ],
  },
  {
    title: "two misspelt properties at each level",
    args: {
      nmae: "a",
      budgets: 1,
      globalLimits: { rpm: 1, rpd: 1 },
      assetLimits: [{ model: MODEL, tpm: 1, tpd: 1 }],
    },
    problems: [
      { property: "nmae", reason: "did you mean name?" },
      { property: "budgets", reason: "did you mean budget?" },
      { property: "globalLimits.rpm", reason: "requestsPerMinute" },
      { property: "globalLimits.rpd", reason: "requestsPerDay" },
      { property: "assetLimits[0].tpm", reason: "tokensPerMinute" },
      { property: "assetLimits[0].tpd", reason: "tokensPerDay" },
    ],
  },
  {
    title: "a past expiry beside a bad budget and a bad name",
    args: { name: "ci\nbot", budget: Number.NaN, expiresAt: "2001-01-01" },
    problems: [
      { property: "name", reason: "control character" },
      { property: "budget", reason: "got NaN" },
      { property: "expiresAt", reason: "is in the past" },
    ],
  },
];

/** Values that are no data. Of most of them JSON makes an empty object, which would mean no limits. */
class Config {
  readonly tokensPerDay = 5;
}
const NO_DATA = {
  onlyInProcess: "what reaches the provider process is JSON, and the resource refuses these",
};
const noData: BadInput[] = [
  one("globalLimits", "a Map", new Map([["tokensPerDay", 5]]), "must be an object of limits; got a Map"),
  one("globalLimits", "a Set", new Set(["tokensPerDay"]), "must be an object of limits; got a Set"),
  one("globalLimits", "a Date", new Date(0), "must be an object of limits; got a Date"),
  one("globalLimits", "an instance of a class", new Config(), "must be an object of limits; got a Config"),
  one("globalLimits", "a function", () => ({}), "must be an object of limits; got a function"),
  one("globalLimits", "a symbol", Symbol("limits"), "must be an object of limits; got a symbol"),
  one("globalLimits", "a bigint", 5n, "must be an object of limits; got the bigint 5n"),
  one("assetLimits", "a Map", new Map([[MODEL, 5]]), "one entry per model; got a Map"),
  one("assetLimits", "a Set", new Set([MODEL]), "one entry per model; got a Set"),
  one("assetLimits", "a function", () => [], "one entry per model; got a function"),
  inAsset("an entry that is a Map", new Map([["model", MODEL]]), { property: "", reason: "got a Map" }),
  inAsset("an entry that is an instance", new Config(), { property: "", reason: "got a Config" }),
  one("name", "a function", () => "ci-bot", "must be text; got a function"),
  one("name", "a symbol", Symbol("ci-bot"), "must be text; got a symbol"),
  one("name", "a boxed text", new String("ci-bot"), "must be text; got a String"),
  one("name", "an object with a bigint inside", { n: 5n }, 'must be text; got an object ({"n":"5n"})'),
  one("budget", "a bigint", 1000n, "must be a number of credits, 0 or more; got the bigint 1000n"),
  one("budget", "a function", () => 1000, "got a function"),
  one("budget", "a boxed number", new Number(1000), "got a Number"),
  one("expiresAt", "a Date", new Date(0), 'must be a date such as "2027-01-31"; got a Date'),
  one("expiresAt", "a symbol", Symbol("soon"), "got a symbol"),
  inLimits(
    "a bigint for a limit",
    { tokensPerDay: 5n },
    { property: "tokensPerDay", reason: "the bigint 5n" },
  ),
  inLimits(
    "a Map for a token type",
    { tokensPerDay: 5, tokenType: new Map() },
    { property: "tokenType", reason: "got a Map" },
  ),
].map((bad) => ({ ...bad, ...NO_DATA }));

/** A boost with one problem, beside sound limits. */
const inBoost = (title: string, boost: unknown, property: string, reason: string): BadInput => ({
  title: `boost: ${title}`,
  args: {
    globalLimits: { tokensPerDay: 1000 },
    assetLimits: [{ model: MODEL, requestsPerDay: 10 }],
    boost,
  },
  problems: [{ property, reason }],
});

/** An adoption with one problem, in a declaration that is sound otherwise. */
const inAdoption = (title: string, adopt: unknown, property: string, reason: string): BadInput => ({
  title: `adopt: ${title}`,
  args: { name: "adopted", adopt },
  problems: [{ property, reason }],
});

const UNTIL = "2099-02-01";

const dayTwo: BadInput[] = [
  one("suspended", "text", "true", 'must be true or false; got the text "true"'),
  one("suspended", "a number", 1, "must be true or false; got 1"),
  one("disabled", "another word for it", true, "is not a property of an API key; did you mean suspended?"),
  one("expiresAt", "the mark of suspended keys", "2000-01-01", "is in the past"),
  one(
    "deletionPolicy",
    "another word",
    "retain",
    'must be one of "delete", "expire", "keep"; got the text "retain"',
  ),
  one("deletionPolicy", "a truth value", true, "got true"),
  inBoost("a number", 5, "boost", "must be an object such as"),
  inBoost("no end", { globalLimits: { tokensPerDay: 2000 } }, "boost.until", "is missing: set the day"),
  inBoost(
    "an end at noon",
    { until: `${UNTIL}T12:00:00Z`, globalLimits: { tokensPerDay: 2000 } },
    "boost.until",
    "is not midnight UTC",
  ),
  inBoost("nothing raised", { until: UNTIL }, "boost", "raises no limit: set globalLimits or assetLimits"),
  inBoost(
    "a limit below its own",
    { until: UNTIL, globalLimits: { tokensPerDay: 999 } },
    "boost.globalLimits.tokensPerDay",
    "is 999, below globalLimits.tokensPerDay (1000)",
  ),
  inBoost(
    "a limit that there is none of",
    { until: UNTIL, globalLimits: { requestsPerDay: 9 } },
    "boost.globalLimits.requestsPerDay",
    "globalLimits.requestsPerDay sets no limit to raise",
  ),
  inBoost(
    "a model that has no limits",
    { until: UNTIL, assetLimits: [{ model: PATH, requestsPerDay: 20 }] },
    "boost.assetLimits[0].model",
    "which assetLimits does not contain",
  ),
  inBoost(
    "a budget",
    { until: UNTIL, budget: 5, globalLimits: { tokensPerDay: 2000 } },
    "boost.budget",
    "is not a property of a boost",
  ),
  inBoost(
    "what tokens are counted",
    { until: UNTIL, globalLimits: { tokensPerDay: 2000, tokenType: "input" } },
    "boost.globalLimits.tokenType",
    "is not a property of limits",
  ),
  inAdoption("nothing named", {}, "adopt", "names no key: give id or name"),
  inAdoption("two names", { id: "k", name: "key" }, "adopt", "has both an id and a name"),
  inAdoption("text", "the-key", "adopt", "must be an object such as"),
  inAdoption("a number for an id", { id: 5 }, "adopt.id", "must be text; got 5"),
  inAdoption(
    "a mask for the access key",
    { id: "k", accessKey: "abcd****wxyz" },
    "adopt.accessKey",
    "is a mask, not the access key",
  ),
  {
    title: "adopt: without a name, which would be an automatic one",
    args: { name: undefined, adopt: { id: "k" } },
    problems: [{ property: "name", reason: "An automatic name would rename the key" }],
  },
];

export const BAD_INPUTS: readonly BadInput[] = [
  ...names,
  ...triggers,
  ...budgets,
  ...expiries,
  ...limits,
  ...assets,
  ...unknownProperties,
  ...beside,
  ...severalAtOnce,
  ...dayTwo,
  ...noData,
];
