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
  /** For PATH and the cache's settings. Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly progress?: Progress;
}

/**
 * Returns a Pulumi CLI that runs programs: from PATH, from the official download, or built from Go modules. Caches the
 * last two. Throws `NoPulumiCliError`.
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
