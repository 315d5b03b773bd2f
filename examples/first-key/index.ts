import { ApiKey } from "pulumi-aixplain";

const key = new ApiKey("ci-bot", {
  budget: 1000, // credits
  expiresAt: "2030-01-31", // midnight UTC
  globalLimits: { tokensPerDay: 100_000, requestsPerMinute: 60 },
  assetLimits: [{ model: "openai/gpt-4o-mini/openai", requestsPerDay: 500 }],
});

export const accessKey = key.accessKey; // a secret
export const hint = key.accessKeyHint; // safe to show
export const usage = key.usage; // read live on every `pulumi up`
