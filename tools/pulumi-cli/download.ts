import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CacheEntry } from "./cache";
import { discard } from "./cache";
import { reasonOf, WayFailedError } from "./errors";
import { findExecutable, installationAt, LANGUAGE_HOST, PULUMI } from "./installation";
import { run } from "./process";
import type { Step } from "./progress";
import { CLI_VERSION } from "./versions";
import type { Way } from "./way";

const NAME = "official download";
const INSTALLER_URL = "https://get.pulumi.com/install.sh";
/** Long enough for a slow handshake, short enough for a firewall that answers nothing. */
const REACHABLE_MS = 8_000;
/** Without a new byte for this long, the installer hangs. */
const STALLED_MS = 45_000;
const WATCH_MS = 1_000;
const TOTAL_MS = 20 * 60_000;

/** The network, injected for tests. */
export interface OfficialInstaller {
  /** Fails within seconds without a network. */
  reach(): Promise<void>;
  /** Installs into `root`/bin, with temporary files in `scratch`. */
  install(root: string, scratch: string, signal: AbortSignal): Promise<void>;
}

export function officialDownload(entry: CacheEntry, installer: OfficialInstaller = pulumiInstaller): Way {
  const present = () => {
    const pulumi = findExecutable(PULUMI, [join(entry.directory, "bin")]);
    return pulumi === undefined ? undefined : installationAt(pulumi, "download");
  };
  return {
    name: NAME,
    present,
    task: `Downloading Pulumi ${CLI_VERSION} (about 100 MB)`,
    directory: entry.directory,
    lock: entry.lock,
    async obtain(step) {
      await installer.reach().catch((cause: unknown) => {
        throw new WayFailedError(NAME, `get.pulumi.com cannot be reached: ${reasonOf(cause)}`, { cause });
      });
      const staged = entry.stage();
      try {
        await installWatched(installer, staged, step);
        const pulumi = findExecutable(PULUMI, [join(staged, "bin")]);
        const installation = pulumi === undefined ? undefined : installationAt(pulumi, "download");
        if (installation === undefined) {
          throw new WayFailedError(
            NAME,
            `the release has no ${pulumi === undefined ? PULUMI : LANGUAGE_HOST} in it`,
          );
        }
        return {
          installation,
          publish: () => entry.publish(staged),
          discard: () => discard(staged),
        };
      } catch (cause) {
        discard(staged);
        throw cause instanceof WayFailedError ? cause : new WayFailedError(NAME, reasonOf(cause), { cause });
      }
    },
  };
}

async function installWatched(installer: OfficialInstaller, staged: string, step: Step): Promise<void> {
  const scratch = join(staged, "scratch");
  mkdirSync(scratch);
  const abort = new AbortController();
  let size = 0;
  let grewAt = Date.now();
  const watch = setInterval(() => {
    const current = sizeOf(staged);
    if (current !== size) grewAt = Date.now();
    size = current;
    step.detail(`${Math.round(size / 1e6)} MB`);
    if (Date.now() - grewAt > STALLED_MS)
      abort.abort(new Error(`nothing arrived for ${STALLED_MS / 1000} s`));
  }, WATCH_MS);
  try {
    await installer.install(staged, scratch, abort.signal);
  } catch (error) {
    // The reason of the abort says more.
    throw abort.signal.aborted ? abort.signal.reason : error;
  } finally {
    clearInterval(watch);
  }
  discard(scratch);
}

function sizeOf(directory: string): number {
  let size = 0;
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    // The installer creates and removes files meanwhile.
    if (entry.isFile())
      size += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}

const pulumiInstaller: OfficialInstaller = {
  async reach() {
    const response = await fetch(INSTALLER_URL, {
      method: "HEAD",
      signal: AbortSignal.timeout(REACHABLE_MS),
    });
    if (!response.ok) throw new Error(`${INSTALLER_URL} answers ${response.status} ${response.statusText}`);
  },
  /** A child process: the Automation API can neither be stopped nor given a directory for temporary files. */
  async install(root, scratch, signal) {
    const script = require.resolve("./install-official.cjs");
    const env = { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch };
    const { code, stdout, stderr } = await run(process.execPath, [script, root, CLI_VERSION], {
      cwd: scratch,
      env,
      signal,
      timeoutMs: TOTAL_MS,
    });
    if (code !== 0) throw new Error((stderr.trim() || stdout.trim()).split("\n").slice(-3).join("\n"));
  },
};
