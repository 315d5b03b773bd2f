import { join } from "node:path";
import { CacheEntry, cacheDirectory } from "./cache";
import { PulumiCli } from "./cli";
import { officialDownload } from "./download";
import { ensureFrom } from "./ensure";
import { goBuild } from "./go-build";
import { onPath } from "./on-path";
import { createProgress, type Progress } from "./progress";
import { rememberedIn } from "./verify";
import { CLI_VERSION, LANGUAGE_HOST_VERSION } from "./versions";

export type { Overrides, PulumiCli, PulumiRunOptions } from "./cli";
export { NoPulumiCliError } from "./errors";
export type { RunResult } from "./process";
export { withTemporaryBackend } from "./temporary-backend";

export interface EnsureOptions {
  /** Where PATH and the cache's settings are read from; this process's environment by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** Standard error by default. Nothing is shown when a verified CLI is there. */
  readonly progress?: Progress;
}

/**
 * A Pulumi CLI that runs programs: `pulumi` on PATH, else the official download, else a build from Go modules. What had to be obtained is cached
 * outside the checkout, so that the next call costs nothing. Throws `NoPulumiCliError` when none of the ways works.
 */
export async function ensurePulumi(options: EnsureOptions = {}): Promise<PulumiCli> {
  const env = options.env ?? process.env;
  const cache = join(cacheDirectory(env), "pulumi-cli");
  const platform = `${process.platform}-${process.arch}`;
  const ways = [
    onPath(env),
    officialDownload(new CacheEntry(cache, `v${CLI_VERSION}-official-${platform}`)),
    goBuild(new CacheEntry(cache, `v${CLI_VERSION}-go-nodejs-v${LANGUAGE_HOST_VERSION}-${platform}`), env),
  ];
  const verify = rememberedIn(join(cache, "verified"));
  const { installation, version } = await ensureFrom(ways, verify, options.progress ?? createProgress());
  return new PulumiCli(installation, version);
}
