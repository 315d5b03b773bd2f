// One Jest run, several rings: each ring is a project, so that the closing table can say how long each took.
const ring = (name, extra = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
  // Sources are CommonJS TypeScript that import each other without an extension mapping.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  ...extra,
});

/** What takes long: `npm run test:long` runs it, with the rings of the plugin, its languages and the policy pack. */
const LONG = [
  "cli/fleet",
  "cli/interrupted",
  "cli/rotation",
  "cli/day-two",
  "cli/ci-workflows",
  "cli/examples",
  "package/newest-sdk",
  "package/oldest-sdk",
  "package/pnpm",
  "package/release",
  "package/site",
].map((name) => `<rootDir>/test/${name}.test.ts`);
const short = { testPathIgnorePatterns: ["/node_modules/", ...LONG] };

module.exports = {
  projects: [
    ring("core"),
    ring("emulator"),
    ring("lifecycle"),
    ring("host"),
    ring("cli", short),
    ring("long", { testMatch: LONG }),
    ring("plugin"),
    ring("policies"),
    ring("languages"),
    ring("conformance"),
    ring("package", short),
    ring("tools"),
  ],
  reporters: ["default", "<rootDir>/test/ring-reporter.cjs"],
  // Most of the time of the long rings passes in other processes.
  maxWorkers: "100%",
  testTimeout: 120_000,
};
