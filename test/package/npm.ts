import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

interface Ended {
  readonly ok: boolean;
  readonly stdout: string;
  readonly text: string;
}

/** What npm tells its own scripts of the checkout must not reach a project elsewhere. */
export function outsideOfTheCheckout(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(npm_(package|lifecycle|command|execpath|node_execpath)|npm_config_local_prefix$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.test(name)));
}

function run(file: string, args: readonly string[], cwd: string): Ended {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env: outsideOfTheCheckout(process.env),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
    timeout: 10 * 60_000,
  });
  return { ok: status === 0, stdout, text: `${stdout}\n${stderr}\n${error?.message ?? ""}` };
}

export function must(file: string, args: readonly string[], cwd: string): string {
  const { ok, stdout, text } = run(file, args, cwd);
  if (!ok) throw new Error(`${file} ${args.join(" ")} failed:\n${text}`);
  return stdout;
}

export function pack(packageDirectory: string, destination: string): string {
  const told = must(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", destination],
    packageDirectory,
  );
  const [packed] = JSON.parse(told) as readonly { readonly filename: string }[];
  if (!packed) throw new Error(`npm pack told of no package: ${told}`);
  return join(destination, packed.filename);
}

/** Unpacks a tarball of npm; the package is the folder `package` in the destination. */
export function unpack(tarball: string, destination: string): string {
  must("tar", ["-xzf", tarball, "-C", destination], ROOT);
  return join(destination, "package");
}

/** Ways of npm to say that it reached no package index; anything else that goes wrong is a failure of ours. */
const NO_INDEX =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|E50\d)\b/;

export function install(project: string, packages: readonly string[]): boolean {
  const flags = ["--prefix", project, "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  const { ok, text } = run("npm", ["install", ...flags, ...packages], project);
  if (ok) return true;
  if (NO_INDEX.test(text)) return false;
  throw new Error(`npm install failed:\n${text}`);
}

/** `describe`, or, where the package index cannot be reached, a `describe` that skips and says so where nobody misses it. */
export function skippedLoudly(reached: boolean): jest.Describe {
  if (reached) return describe;
  process.stderr.write(
    "\n*** SKIPPED: the package index cannot be reached, so the packed package was not installed. ***\n\n",
  );
  return describe.skip;
}
