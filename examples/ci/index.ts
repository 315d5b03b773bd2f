import { ApiKey } from "pulumi-aixplain";

const key = new ApiKey("ci-bot", {
  name: "ci-bot",
  budget: 100,
  globalLimits: { requestsPerMinute: 60, tokensPerDay: 100_000 },
});

export const hint = key.accessKeyHint;
