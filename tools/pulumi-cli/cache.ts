import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { codeOf } from "./errors";

const STAGING = ".staging-";

/**
 * Where obtained CLIs are kept, outside the checkout: `PULUMI_AIXPLAIN_CACHE`, else `pulumi-aixplain` in the user's
 * cache directory (`XDG_CACHE_HOME` or `~/.cache`, `LOCALAPPDATA` on Windows).
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env.PULUMI_AIXPLAIN_CACHE) return resolve(env.PULUMI_AIXPLAIN_CACHE);
  const xdg = env.XDG_CACHE_HOME;
  // The XDG specification requires ignoring relative paths.
  if (xdg && isAbsolute(xdg)) return join(xdg, "pulumi-aixplain");
  if (process.platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, "pulumi-aixplain");
  return join(homedir(), ".cache", "pulumi-aixplain");
}

/** One version of the CLI in the cache. It is assembled elsewhere and renamed into place, so it is never incomplete. */
export class CacheEntry {
  readonly directory: string;

  constructor(
    private readonly cache: string,
    readonly key: string,
  ) {
    this.directory = join(cache, key);
  }

  get lock(): string {
    return join(this.cache, `${this.key}.locked`);
  }

  exists(): boolean {
    return existsSync(this.directory);
  }

  /** An empty directory on the same file system. Removes directories of killed processes first. */
  stage(): string {
    mkdirSync(this.cache, { recursive: true });
    for (const name of readdirSync(this.cache)) {
      const owner = name.startsWith(STAGING)
        ? Number(name.slice(STAGING.length).split("-", 1)[0])
        : Number.NaN;
      if (Number.isInteger(owner) && !isAlive(owner)) discard(join(this.cache, name));
    }
    const staged = join(this.cache, `${STAGING}${process.pid}-${randomBytes(4).toString("hex")}`);
    mkdirSync(staged);
    return staged;
  }

  /** Renames a staged directory into place, unless another process was first. */
  publish(staged: string): void {
    try {
      renameSync(staged, this.directory);
    } catch (error) {
      if (!this.exists()) throw error;
      discard(staged);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs under another user.
    return codeOf(error) === "EPERM";
  }
}

export function discard(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}
