import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { discard } from "./cache";
import type { Overrides, PulumiCli, PulumiRunOptions } from "./cli";
import type { RunResult } from "./process";

/** A state in a temporary directory, without an account. */
export interface TemporaryBackend {
  /** The subdirectories `state` and `home` are reserved. */
  readonly directory: string;
  readonly env: Overrides;
  run(args: readonly string[], options?: PulumiRunOptions): Promise<RunResult>;
}

export async function withTemporaryBackend<T>(
  cli: PulumiCli,
  use: (backend: TemporaryBackend) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-aixplain-"));
  try {
    return await use(backendIn(directory, cli));
  } finally {
    discard(directory);
  }
}

function backendIn(directory: string, cli: PulumiCli): TemporaryBackend {
  const state = join(directory, "state");
  const home = join(directory, "home");
  mkdirSync(state);
  mkdirSync(home);
  const env: Overrides = {
    ...withoutUserSettings(process.env),
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_HOME: home,
    PULUMI_CONFIG_PASSPHRASE: "temporary",
    // The checkout has type-checked the programs.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
  return {
    directory,
    env,
    run: (args, options = {}) =>
      cli.run(args, { cwd: directory, ...options, env: { ...env, ...options.env } }),
  };
}

/** PULUMI_STACK or PULUMI_ACCESS_TOKEN of the user must not apply here. */
export function withoutUserSettings(env: NodeJS.ProcessEnv): Overrides {
  const settings = Object.keys(env).filter(
    (name) => name.startsWith("PULUMI_") && !name.startsWith("PULUMI_AIXPLAIN_"),
  );
  return Object.fromEntries([
    ...settings.map((name): [string, undefined] => [name, undefined]),
    ["PULUMI_SKIP_UPDATE_CHECK", "true"],
    ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true"],
  ]);
}
