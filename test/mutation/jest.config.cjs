// The ring of the folder that Stryker changes, in process and in one file: it is run for every change that it makes.
const { projects } = require("../../jest.config.cjs");

// Fewer sequences than in CI, and always the same, in the property test of the lifecycle.
process.env.SEQUENCES ??= "25";
process.env.SEED ??= "1";

const [core] = projects;

module.exports = {
  rootDir: core.rootDir,
  transform: core.transform,
  moduleNameMapper: core.moduleNameMapper,
  roots: ["<rootDir>/provider", "<rootDir>/emulator", "<rootDir>/test"],
  testMatch: ["<rootDir>/test/mutation/ring.ts"],
  testEnvironment: require.resolve("./environment.cjs"),
  testTimeout: 60_000,
};
