// The ring of the folder that Stryker changes, run in process for every change that it makes.
const { projects } = require("./jest.config.cjs");

// Fewer random cases than in CI, and always the same: they run hundreds of times.
process.env.SEQUENCES ??= "40";
process.env.SEED ??= "1";

const scope = process.env.MUTATION_SCOPE ?? "core";
const [core] = projects;

module.exports = {
  transform: core.transform,
  moduleNameMapper: core.moduleNameMapper,
  testMatch: [`<rootDir>/test/${scope}/**/*.test.ts`],
  // The tests of provider/api take their time; another reads the sources, which Stryker has written its own code into.
  testPathIgnorePatterns: ["/node_modules/", "/test/core/api/", "boundaries\\.test\\.ts$"],
  testEnvironment: "@stryker-mutator/jest-runner/jest-env/node",
  testTimeout: 60_000,
};
