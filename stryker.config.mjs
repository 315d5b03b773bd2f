// `npm run mutation`: do the tests notice when the code is broken? On request, it takes a while. See docs/mutation.md.
const scope = process.env.MUTATION_SCOPE ?? "core";

export default {
  packageManager: "npm",
  mutate: [`provider/${scope}/**/*.ts`],
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "test/mutation/jest.config.cjs", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  // No part of what the tests of these folders run.
  ignorePatterns: ["bench", "dist", "scratch", ".github", ".pulumi-local"],
  concurrency: 2,
  timeoutMS: 30_000,
  reporters: ["progress-append-only", "clear-text", "json", "html"],
  clearTextReporter: { logTests: false, reportTests: false },
  jsonReporter: { fileName: `reports/mutation/${scope}.json` },
  htmlReporter: { fileName: `reports/mutation/${scope}.html` },
  thresholds: { high: 95, low: 90, break: 85 },
};
