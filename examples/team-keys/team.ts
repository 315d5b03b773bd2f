import type { ApiKeyArgs } from "pulumi-aixplain";

const gpt4oMini = "openai/gpt-4o-mini/openai";

/** What a key of each tier may do. A pull request that changes a number here shows every key that it touches. */
export const tiers = {
  trial: {
    budget: 5,
    expiresAt: "2030-12-31",
    globalLimits: { requestsPerMinute: 2, requestsPerDay: 20, tokensPerDay: 5_000 },
  },
  standard: {
    budget: 200,
    globalLimits: { requestsPerMinute: 60, tokensPerDay: 200_000 },
    assetLimits: [{ model: gpt4oMini, tokensPerDay: 100_000 }],
  },
  service: {
    globalLimits: { requestsPerMinute: 600 },
  },
} satisfies Record<string, ApiKeyArgs>;

export const members: readonly { readonly name: string; readonly tier: keyof typeof tiers }[] = [
  { name: "ada", tier: "standard" },
  { name: "grace", tier: "trial" },
  { name: "ci-bot", tier: "service" },
];
