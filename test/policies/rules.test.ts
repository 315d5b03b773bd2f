import { type Declared, DYNAMIC, PLUGIN, UNKNOWN, validate, validateStack } from "./validation";

const MODEL = "6661df926d36df3b878e0697";
const ROTATION = "aixplain:index:RotatingApiKey$";
const generation = (name: string): Declared => ({ name, parents: ROTATION, props: {} });

interface Case {
  readonly policy: string;
  readonly bad: Declared;
  readonly good: Declared;
  readonly config?: object;
  readonly told: readonly string[];
}

const CASES: readonly Case[] = [
  {
    policy: "aixplain-expiry",
    bad: { props: {} },
    good: { props: { expiresAt: "2028-03-09" } },
    told: [
      "expiresAt is not set: the key never expires. Set a date no later than 2028-03-09, 365 days from today.",
    ],
  },
  {
    policy: "aixplain-expiry",
    bad: { props: { expiresAt: "2027-04-10" } },
    good: { props: { expiresAt: "2027-04-09" } },
    config: { maxDays: 30 },
    told: ['expiresAt is "2027-04-10", in 31 days. Set a date no later than 2027-04-09, 30 days from today.'],
  },
  {
    policy: "aixplain-budget",
    bad: { props: {} },
    good: { props: { budget: 1_000_000 } },
    told: ["budget is not set: the key may spend all credits of the account. Set a budget."],
  },
  {
    policy: "aixplain-budget",
    bad: { props: { budget: 100.5 } },
    good: { props: { budget: 100 } },
    config: { max: 100 },
    told: [
      'budget is 100.5, above the cap of 100 credits. Lower it, or agree on a higher "max" of this policy.',
    ],
  },
  {
    policy: "aixplain-global-limits",
    bad: { props: { globalLimits: { requestsPerMinute: 1 } } },
    good: { props: { globalLimits: { tokensPerDay: 0, requestsPerDay: 1 } } },
    told: [
      "globalLimits.tokensPerDay is not set: the key as a whole has no such limit. Set a number.",
      "globalLimits.requestsPerDay is not set: the key as a whole has no such limit. Set a number.",
    ],
  },
  {
    policy: "aixplain-model-limits",
    bad: { props: {} },
    good: { props: { assetLimits: [{ model: MODEL, requestsPerDay: 1 }] } },
    told: ["assetLimits is empty: one model may use up all limits of the key. Add an entry for each model."],
  },
  {
    policy: "aixplain-model-limits",
    bad: {
      props: {
        assetLimits: [
          { model: MODEL, tokensPerDay: 1 },
          { model: "a/b/c", requestsPerDay: 1 },
        ],
      },
    },
    good: { props: { assetLimits: [{ model: MODEL, tokensPerDay: 1 }] } },
    config: { required: ["tokensPerDay"] },
    told: ['assetLimits[1].tokensPerDay is not set, for "a/b/c". Set a number.'],
  },
  {
    policy: "aixplain-token-type",
    bad: {
      props: {
        globalLimits: { tokensPerDay: 1, tokenType: "input" },
        assetLimits: [{ model: MODEL, tokensPerMinute: 1, tokenType: "output" }],
      },
    },
    good: {
      props: {
        globalLimits: { tokensPerDay: 1 },
        assetLimits: [{ model: MODEL, requestsPerDay: 1, tokenType: "input" }],
      },
    },
    told: [
      'globalLimits.tokenType is "input". Set it to "total".',
      'assetLimits[0].tokenType is "output". Set it to "total".',
    ],
  },
  {
    policy: "aixplain-token-type",
    bad: { props: { globalLimits: { tokensPerDay: 1 } } },
    good: { props: { globalLimits: { tokensPerDay: 1, tokenType: "output" } } },
    config: { allowed: ["input", "output"] },
    told: ['globalLimits.tokenType is "total" (not set). Set it to "input" or "output".'],
  },
  {
    policy: "aixplain-protection",
    bad: { stack: "eu-prod", props: {} },
    good: { stack: "eu-prod", protect: true, props: {} },
    told: [
      'The option protect is not set in the production stack "eu-prod": removing the key from the program would delete its access key permanently. Add { protect: true }.',
    ],
  },
  {
    policy: "aixplain-protection",
    bad: { stack: "live", props: {} },
    good: { stack: "prod", props: {} },
    config: { stacks: "^live$" },
    told: [expect.stringContaining('the production stack "live"')],
  },
  {
    policy: "aixplain-name",
    bad: { props: { name: "Test API Key" } },
    good: { props: { name: "ci-bot-generation-2027-01-01.1-05d86e4" } },
    told: [
      'name is "Test API Key", which does not match ^[a-z0-9]+([.-][a-z0-9]+)*$. Changing it renames the key in place.',
    ],
  },
  {
    policy: "aixplain-rotation",
    bad: { name: "ci-bot", props: {} },
    good: { name: "console", props: {} },
    config: { except: ["console"] },
    told: [
      'The key "ci-bot" is not rotated, and its declaration does not show its age. Declare a RotatingApiKey, or add the name to "except" of this policy.',
    ],
  },
  {
    policy: "aixplain-rotation",
    bad: generation("bot-generation-2026-12-09"),
    good: generation("bot-generation-2026-12-10.1"),
    told: [
      'The generation of 2026-12-09 is 91 days old; at most 90 are allowed. Lower "every" or "overlap" of its rotation, and run pulumi up on a schedule.',
    ],
  },
];

describe.each(CASES)("$policy", ({ policy, bad, good, config, told }) => {
  test.each([DYNAMIC, PLUGIN])(`tells of a bad key of the type %s: ${String(told[0])}`, (type) => {
    expect(validate(policy, { ...bad, type }, config)).toEqual({ told });
  });

  test.each([DYNAMIC, PLUGIN])("is silent about a good key of the type %s", (type) => {
    expect(validate(policy, { ...good, type }, config)).toEqual({ told: [] });
  });

  test("is silent about a resource that is no key", () => {
    expect(validate(policy, { ...bad, type: "other:index:ApiKey" }, config)).toEqual({ told: [] });
  });
});

test("a generation needs no protection, for it has to go one day", () => {
  const declared = { ...generation("bot-generation-2027-03-01"), stack: "prod" };
  expect(validate("aixplain-protection", declared)).toEqual({ told: [] });
});

test.each([
  ["prod", true],
  ["production", true],
  ["prod-eu", true],
  ["team.prod.eu", true],
  ["product-tests", false],
  ["reprod", false],
])("the stack %s is a production stack: %s", (stack, is) => {
  expect(validate("aixplain-protection", { stack, props: {} }).told).toHaveLength(is ? 1 : 0);
});

test("a pattern that is no regular expression is told by its setting", () => {
  const config = { pattern: "[a-" };
  expect(() => validate("aixplain-name", { props: { name: "x" } }, config)).toThrow(
    '"pattern" is "[a-", which is not a regular expression.',
  );
});

describe("a value that a preview does not know", () => {
  test.each([
    ["aixplain-expiry", { expiresAt: UNKNOWN }, ".expiresAt"],
    ["aixplain-budget", { budget: UNKNOWN }, ".budget"],
    ["aixplain-global-limits", { globalLimits: UNKNOWN }, ".globalLimits"],
    ["aixplain-model-limits", { assetLimits: UNKNOWN }, ".assetLimits"],
    ["aixplain-token-type", { globalLimits: { tokensPerDay: UNKNOWN } }, ".globalLimits.tokensPerDay"],
    ["aixplain-name", { name: UNKNOWN }, ".name"],
  ])("is left to the SDK, which tells it as advisory: %s", (policy, props, path) => {
    expect(validate(policy, { props })).toEqual({
      told: [],
      unknown: expect.stringContaining(`at ${path} `),
    });
  });

  test("hides nothing that is known to be wrong", () => {
    const limits = validate("aixplain-global-limits", { props: { globalLimits: { tokensPerDay: UNKNOWN } } });
    expect(limits).toMatchObject({
      told: [expect.stringContaining("globalLimits.requestsPerDay is not set")],
      unknown: expect.stringContaining(".globalLimits.tokensPerDay "),
    });
    const assetLimits = [
      { model: MODEL, tokensPerDay: UNKNOWN },
      UNKNOWN,
      { model: UNKNOWN, requestsPerDay: 1 },
    ];
    const config = { required: ["tokensPerDay"] };
    expect(validate("aixplain-model-limits", { props: { assetLimits } }, config)).toMatchObject({
      told: ["assetLimits[2].tokensPerDay is not set, for a model that is not known yet. Set a number."],
      unknown: expect.stringContaining(".assetLimits.0.tokensPerDay "),
    });
  });
});

describe("aixplain-team-budget", () => {
  const keys = (...budgets: readonly unknown[]): Declared[] => [
    { type: "pulumi:pulumi:Stack", name: "stack", props: {} },
    ...budgets.map((budget, index) => ({
      name: `key-${index}`,
      type: index % 2 ? PLUGIN : DYNAMIC,
      props: budget === undefined ? {} : { budget },
    })),
  ];

  test("adds up what every key may spend, those of both types and every generation", () => {
    expect(validateStack("aixplain-team-budget", keys(10, 50, 30, 11), { cap: 100 })).toEqual({
      told: [
        `The budgets of the stack's keys add up to 101, above the cap of 100 credits (the largest: key-1 50, key-2 30, key-3 11). Every generation of a rotation counts, because both may spend while two are valid. Lower a budget, or agree on a higher "cap".`,
      ],
    });
    expect(validateStack("aixplain-team-budget", keys(10, 50, 30, 10), { cap: 100 })).toEqual({ told: [] });
  });

  test("tells of a key without a budget", () => {
    expect(validateStack("aixplain-team-budget", keys(10, undefined), { cap: 100 })).toEqual({
      told: [
        'The key "key-1" has no budget, so the stack has no upper limit. Set budget; the cap is 100 credits.',
      ],
    });
  });

  test("tells what is certain where a budget is not known, and leaves the rest to the SDK", () => {
    expect(validateStack("aixplain-team-budget", keys(UNKNOWN, 101), { cap: 100 })).toMatchObject({
      told: [expect.stringContaining("The budgets of the stack's keys add up to 101")],
      unknown: expect.stringContaining(".budget "),
    });
    expect(validateStack("aixplain-team-budget", keys(UNKNOWN, 99), { cap: 100 })).toMatchObject({
      told: [],
    });
  });

  test("does nothing without a cap, and says why", () => {
    expect(validateStack("aixplain-team-budget", keys(10))).toBe('The configuration has no "cap" for it.');
  });
});
