/**
 * `npm run pulumi -- <args>`: a Pulumi CLI with a local state in the checkout, without an account. `--ensure` only
 * obtains the CLI. Your own settings (PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE and others) take precedence.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensurePulumi, NoPulumiCliError, type Overrides } from "./pulumi-cli";
import { passThrough } from "./pulumi-cli/pass-through";

const LOCAL_STATE = join(__dirname, "..", ".pulumi-local");

async function main(args: readonly string[]): Promise<number> {
  const cli = await ensurePulumi();
  if (args.length === 1 && args[0] === "--ensure") {
    process.stdout.write(`Pulumi ${cli.version} (${cli.origin}): ${cli.pulumi}\n`);
    return 0;
  }
  return passThrough(cli.pulumi, args, cli.env(localDefaults(process.env)));
}

/** A passphrase may also come from a file, and an empty one is valid. */
function localDefaults(env: NodeJS.ProcessEnv): Overrides {
  const defaults: Record<string, string> = {};
  if (env.PULUMI_BACKEND_URL === undefined) {
    // The CLI does not create it.
    mkdirSync(LOCAL_STATE, { recursive: true });
    defaults.PULUMI_BACKEND_URL = pathToFileURL(LOCAL_STATE).href;
  }
  if (env.PULUMI_CONFIG_PASSPHRASE === undefined && env.PULUMI_CONFIG_PASSPHRASE_FILE === undefined) {
    defaults.PULUMI_CONFIG_PASSPHRASE = "local";
  }
  return defaults;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof NoPulumiCliError;
    process.stderr.write(`${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
