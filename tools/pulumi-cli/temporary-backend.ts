import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { discard } from "./cache";
import type { Overrides, PulumiCli, PulumiRunOptions } from "./cli";
import type { RunResult } from "./process";

/** A state of its own in a temporary directory: no account, no login, nothing shared with the user's stacks. */
export interface TemporaryBackend {
  /** The directory; programs may be put anywhere in it but in `state` and `home`. */
  readonly directory: string;
  /** What makes any Pulumi command use this backend, to be laid over an environment. */
  readonly env: Overrides;
  /** `PulumiCli.run` with this backend; `env` of the options goes on top. The working directory is `directory` unless told otherwise. */
  run(args: readonly string[], options?: PulumiRunOptions): Promise<RunResult>;
}

/** Lets `use` work with a state of its own in a temporary directory, which goes when `use` has ended. */
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
    // What runs here was type-checked by the checkout; checking it again would take half of each run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
  return {
    directory,
    env,
    run: (args, options = {}) =>
      cli.run(args, { cwd: directory, ...options, env: { ...env, ...options.env } }),
  };
}

/** A PULUMI_STACK or PULUMI_ACCESS_TOKEN of the user's must not reach a stack that is none of theirs. */
function withoutUserSettings(env: NodeJS.ProcessEnv): Overrides {
  const settings = Object.keys(env).filter(
    (name) => name.startsWith("PULUMI_") && !name.startsWith("PULUMI_AIXPLAIN_"),
  );
  return Object.fromEntries([
    ...settings.map((name): [string, undefined] => [name, undefined]),
    ["PULUMI_SKIP_UPDATE_CHECK", "true"],
    ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true"],
  ]);
}
