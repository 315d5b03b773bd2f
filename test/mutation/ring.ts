import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

/**
 * All tests of one ring in one file, for Stryker: it runs them once for every change that it makes, and Jest loads
 * everything anew for each test file.
 */
const ring = join(__dirname, "..", process.env.MUTATION_SCOPE ?? "core");
/** That test reads the sources, which Stryker has written its own code into. */
const OMITTED = new Set(["boundaries.test.ts"]);

// Fewer random cases than in CI, and always the same.
fc.configureGlobal({ numRuns: 25, seed: 1 });

for (const name of readdirSync(ring)) {
  if (name.endsWith(".test.ts") && !OMITTED.has(name)) require(join(ring, name));
}
