import { ApiKey } from "pulumi-aixplain";

/** The model of the platform's guide. */
const model = "6661df926d36df3b878e0697";

const key = new ApiKey("test-api-key", {
  name: "Test API Key",
  budget: 1000,
  expiresAt: "2030-11-29",
  globalLimits: {
    tokensPerMinute: 100,
    tokensPerDay: 1000,
    requestsPerMinute: 100,
    requestsPerDay: 1000,
  },
  assetLimits: [{ model, tokensPerMinute: 10, tokensPerDay: 30, requestsPerMinute: 2, requestsPerDay: 2 }],
});

export const keyId = key.id;
export const accessKey = key.accessKey;
export const usage = key.usage;
export const modelUsage = key.usageOf(model);
