import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CacheEntry, cacheDirectory, discard } from "../../tools/pulumi-cli/cache";

const REQUIREMENTS = join(__dirname, "requirements.txt");
const OLDEST_PYTHON = [3, 9] as const;
const INSTALL_MS = 300_000;

export type SdkEnvironment = { python: string } | { missing: string; detail?: string };

/**
 * Finds or makes a Python environment with exactly the pinned SDK, in the user's cache directory. It is synchronous because Jest
 * has to know which tests there are before it runs any.
 *
 * @throws in CI where Python is there but the SDK cannot be installed: there, a suite that did not run must not look green
 */
export function prepareSdkEnvironment(env: NodeJS.ProcessEnv = process.env): SdkEnvironment {
  const base = findPython(env);
  if (base === undefined) return { missing: `no Python ${OLDEST_PYTHON.join(".")} or newer on PATH` };
  const entry = new CacheEntry(cacheDirectory(env), `python-sdk-${fingerprint(base)}`);
  const python = interpreterIn(entry.directory);
  if (entry.exists()) {
    if (hasSdk(python)) return { python };
    discard(entry.directory);
  }
  const problem = install(base.command, entry, env);
  if (problem === undefined) return { python };
  if (env.CI) throw new Error(`Python is here, but its SDK environment could not be made: ${problem}`);
  return { missing: "the aiXplain SDK could not be installed", detail: problem };
}

interface BasePython {
  command: string;
  /** Version, platform and architecture: what an environment cannot be moved across. */
  build: string;
}

function findPython(env: NodeJS.ProcessEnv): BasePython | undefined {
  const ask =
    "import json, sys, sysconfig; print(json.dumps([list(sys.version_info[:2]), sysconfig.get_platform(), sys.base_prefix]))";
  for (const command of ["python3", "python"]) {
    const { status, stdout } = spawnSync(command, ["-c", ask], { encoding: "utf8", env });
    if (status !== 0) continue;
    const [version, platform, prefix] = JSON.parse(stdout) as [[number, number], string, string];
    const [major, minor] = version;
    if (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]) {
      return { command, build: `${major}.${minor} ${platform} ${prefix}` };
    }
  }
  return undefined;
}

const fingerprint = ({ build }: BasePython): string =>
  createHash("sha256").update(readFileSync(REQUIREMENTS)).update(build).digest("hex").slice(0, 16);

const interpreterIn = (directory: string): string =>
  process.platform === "win32" ? join(directory, "Scripts", "python.exe") : join(directory, "bin", "python");

/** Also false when the interpreter that the environment was made from has gone. */
function hasSdk(python: string): boolean {
  const pinned = /^aixplain==(.+)$/m.exec(readFileSync(REQUIREMENTS, "utf8"))?.[1];
  const ask = "import importlib.metadata; print(importlib.metadata.version('aixplain'))";
  const { status, stdout } = spawnSync(python, ["-c", ask], { encoding: "utf8" });
  return status === 0 && stdout.trim() === pinned;
}

/** Builds the environment aside and renames it into place, so that it is there as a whole or not at all. */
function install(base: string, entry: CacheEntry, env: NodeJS.ProcessEnv): string | undefined {
  tell(`preparing a Python environment with the aiXplain SDK in ${entry.directory} (once, about a minute)`);
  const staged = entry.stage();
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--retries",
    "1",
  ];
  const steps: [command: string, args: string[]][] = [
    [base, ["-m", "venv", staged]],
    // Wheels only: nothing is compiled here, and no package runs code of its own while it is installed.
    [interpreterIn(staged), [...pip, "--only-binary", ":all:", "--requirement", REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      encoding: "utf8",
      env,
      timeout: INSTALL_MS,
    });
    if (status === 0) continue;
    discard(staged);
    return `\`python ${args.slice(0, 3).join(" ")}\` failed: ${error?.message ?? reasonIn(`${stdout}${stderr}`)}`;
  }
  entry.publish(staged);
  return undefined;
}

function reasonIn(said: string): string {
  const lines = said.trim().split("\n");
  const errors = lines.filter((line) => line.startsWith("ERROR:"));
  return (errors.length > 0 ? errors : lines.slice(-1)).join(" ");
}

/** On the terminal itself: Jest shows nothing of a file whose tests are all skipped. */
export function tell(message: string): void {
  process.stderr.write(`\nconformance: ${message}\n`);
}
