import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { RUNTIME_MODULE } from "../dynamic/stub";
import { underMocks } from "./run";

/** The module that Pulumi's provider process loads is not found from the folder of the program. */
class RuntimeNotFoundError extends pulumi.RunError {
  override readonly name = "RuntimeNotFoundError";
}

/** Folders from which the runtime was found. */
const found = new Set<string>();

/**
 * Makes sure that the provider process will find its runtime. That process looks from the folder of the program, where
 * a package that only a component library depends on need not be. See docs/decisions/dynamic-provider.md.
 * @throws RuntimeNotFoundError that says what to add, and where
 */
export function requireRuntime(): void {
  const folder = process.cwd();
  if (found.has(folder) || underMocks()) return;
  try {
    createRequire(join(folder, "package.json")).resolve(RUNTIME_MODULE);
  } catch (cause) {
    throw new RuntimeNotFoundError(
      `Pulumi loads the provider of API keys from the folder of the program, ${folder}, and the package pulumi-aixplain is not found there: ` +
        "add it to the dependencies in that folder's package.json (npm install pulumi-aixplain, pnpm add pulumi-aixplain).",
      { cause },
    );
  }
  found.add(folder);
}
