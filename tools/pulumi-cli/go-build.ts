import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CacheEntry, discard } from "./cache";
import { reasonOf, WayFailedError } from "./errors";
import {
  DYNAMIC_HOST,
  findExecutable,
  installationAt,
  LANGUAGE_HOST,
  PULUMI,
  searchPath,
} from "./installation";
import { run } from "./process";
import type { Step } from "./progress";
import { CLI_VERSION } from "./versions";
import type { Way } from "./way";

const NAME = "build from Go modules";
/** Nine minutes of processor time on two cores. */
const BUILD_TIMEOUT_MS = 40 * 60_000;

interface Module {
  readonly label: string;
  readonly directory: string;
  readonly package: string;
  readonly output: string;
  readonly ldflags: string;
}

const MODULES: readonly Module[] = [
  {
    label: "the Node.js language host",
    directory: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    output: LANGUAGE_HOST,
    ldflags: "-s -w",
  },
  {
    label: "the CLI",
    directory: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    output: PULUMI,
    ldflags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${CLI_VERSION}`,
  },
];

/** Builds the CLI where only package registries can be reached. `go/` pins every module with its checksum. */
export function goBuild(entry: CacheEntry, env: NodeJS.ProcessEnv): Way {
  const present = () => {
    const pulumi = findExecutable(PULUMI, [join(entry.directory, "bin")]);
    return pulumi === undefined ? undefined : installationAt(pulumi, "go");
  };
  return {
    name: NAME,
    present,
    task: `Building Pulumi ${CLI_VERSION} from Go modules (about 5 minutes on two cores)`,
    directory: entry.directory,
    lock: entry.lock,
    async obtain(step) {
      const go = findExecutable("go", searchPath(env));
      if (go === undefined) throw new WayFailedError(NAME, "no `go` on PATH");
      const staged = entry.stage();
      try {
        const bin = join(staged, "bin");
        mkdirSync(bin);
        for (const module of MODULES) await build(go, module, staged, env, step);
        addDynamicHost(bin);
        const pulumi = findExecutable(PULUMI, [bin]);
        const installation = pulumi === undefined ? undefined : installationAt(pulumi, "go");
        if (installation === undefined)
          throw new WayFailedError(NAME, `the build left no ${PULUMI} or ${LANGUAGE_HOST}`);
        return { installation, publish: () => entry.publish(staged), discard: () => discard(staged) };
      } catch (cause) {
        discard(staged);
        throw cause instanceof WayFailedError ? cause : new WayFailedError(NAME, reasonOf(cause), { cause });
      }
    },
  };
}

async function build(
  go: string,
  module: Module,
  staged: string,
  env: NodeJS.ProcessEnv,
  step: Step,
): Promise<void> {
  // In a copy, because Go may change go.mod.
  const workspace = join(staged, module.directory);
  mkdirSync(workspace);
  for (const file of ["go.mod", "go.sum"]) {
    copyFileSync(join(__dirname, "go", module.directory, file), join(workspace, file));
  }
  step.detail(`reading the modules of ${module.label}`);
  const list = await runGo(go, ["list", "-mod=readonly", "-deps", module.package], workspace, env, (line) => {
    if (line.startsWith("go: downloading")) step.detail(`fetching ${line.slice("go: downloading ".length)}`);
  });
  const total = list.trim().split("\n").length;
  let compiled = 0;
  const suffix = process.platform === "win32" ? ".exe" : "";
  const output = join(staged, "bin", module.output + suffix);
  step.detail(`compiling ${module.label}`);
  await runGo(
    go,
    ["build", "-v", "-mod=readonly", "-trimpath", "-ldflags", module.ldflags, "-o", output, module.package],
    workspace,
    env,
    () => {
      compiled += 1;
      step.detail(`${module.label}: ${compiled} of ${total} packages`);
    },
  );
  discard(workspace);
}

async function runGo(
  go: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<string> {
  const { code, stdout, stderr } = await run(go, args, {
    cwd,
    env: goEnvironment(env),
    timeoutMs: BUILD_TIMEOUT_MS,
    onOutput: (chunk, stream) => {
      if (stream === "stderr") for (const line of chunk.trim().split("\n")) onLine(line);
    },
  });
  if (code === 0) return stdout;
  const said = stderr.trim().split("\n").slice(-3).join("\n");
  throw new WayFailedError(NAME, `\`go ${args[0] ?? ""}\` ended with code ${code}: ${said}`);
}

/** For this platform and with the installed Go: a toolchain download is not wanted. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return { ...rest, GOTOOLCHAIN: "local", GOWORK: "off", CGO_ENABLED: "0" };
}

/**
 * The npm package contains the dynamic host without the run bit. A copy beside `pulumi` works for every program and
 * raises no warning.
 */
function addDynamicHost(bin: string): void {
  const name = process.platform === "win32" ? `${DYNAMIC_HOST}.cmd` : DYNAMIC_HOST;
  const copy = join(bin, name);
  copyFileSync(join(dirname(require.resolve("@pulumi/pulumi/package.json")), name), copy);
  chmodSync(copy, 0o755);
}
