/**
 * `npm run pulumi -- <args>`: a working Pulumi CLI with a local state inside the checkout, so that nobody needs a Pulumi account to try it.
 * `--ensure` alone only obtains and verifies the CLI. PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE and every other setting of the user's own win.
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

/** What the user has not set; a passphrase may come from a file as well, and an empty one is a choice. */
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
