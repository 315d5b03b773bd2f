/** The declarations of the bench's programs, equal for every provider: keys with two asset limits each. */
const MODELS = ["6661df926d36df3b878e0697", "640b517694bf816d35a59125"];

exports.count = Number(process.env.BENCH_KEYS);

/** The key that the one-key change edits. */
const changed = process.env.BENCH_CHANGED === "true" ? 0 : -1;

exports.logicalName = (index) => `key-${String(index).padStart(5, "0")}`;

exports.declaration = (index) => ({
  budget: index === changed ? 2000 : 1000,
  expiresAt: "2035-01-31",
  globalLimits: { tokensPerMinute: 1000, tokensPerDay: 100000, requestsPerMinute: 60, requestsPerDay: 5000 },
  assetLimits: MODELS.map((model) => ({ model, tokensPerDay: 50000, requestsPerDay: 500 })),
});
