import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { RUNTIME_MODULE } from "../dynamic/stub";
import { underMocks } from "./run";

class RuntimeNotFoundError extends pulumi.RunError {
  override readonly name = "RuntimeNotFoundError";
}

const found = new Set<string>();

/**
 * Checks that the provider process can find its runtime: it searches from the folder of the program, where a dependency
 * of a component library may be missing. See docs/decisions/dynamic-provider.md.
 * @throws RuntimeNotFoundError with the package to add
 */
export function requireRuntime(): void {
  const folder = process.cwd();
  if (found.has(folder) || underMocks()) return;
  try {
    createRequire(join(folder, "package.json")).resolve(RUNTIME_MODULE);
  } catch (cause) {
    throw new RuntimeNotFoundError(
      `Pulumi loads the provider of API keys from the folder of the program, ${folder}, but the package pulumi-aixplain is not found there: ` +
        "add it to the dependencies in that folder's package.json (npm install pulumi-aixplain, pnpm add pulumi-aixplain).",
      { cause },
    );
  }
  found.add(folder);
}
