// `npm run mutation`: do the tests notice when the code is broken? On request, it takes a while. See docs/mutation.md.
export default {
  packageManager: "npm",
  mutate: ["provider/core/**/*.ts", "provider/lifecycle/**/*.ts"],
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "jest.mutation.config.cjs", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  // No part of what the tests of these folders run.
  ignorePatterns: ["bench", "dist", "scratch", ".github", ".pulumi-local"],
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ["progress-append-only", "clear-text", "json", "html"],
  clearTextReporter: { logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
};
