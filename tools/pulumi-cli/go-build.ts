import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CacheEntry, discard } from "./cache";
import { reasonOf, WayFailedError } from "./errors";
import { GoBuilder, type GoPackage } from "./go-package";
import {
  DYNAMIC_HOST,
  findExecutable,
  installationAt,
  LANGUAGE_HOST,
  PULUMI,
  searchPath,
} from "./installation";
import { CLI_VERSION } from "./versions";
import type { Way } from "./way";

const NAME = "build from Go modules";

const PACKAGES: readonly GoPackage[] = [
  {
    label: "the Node.js language host",
    pins: join(__dirname, "go", "language-nodejs"),
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    output: LANGUAGE_HOST,
    ldflags: "-s -w",
  },
  {
    label: "the CLI",
    pins: join(__dirname, "go", "cli"),
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
      const builder = new GoBuilder(NAME, go, env);
      const staged = entry.stage();
      try {
        const bin = join(staged, "bin");
        mkdirSync(bin);
        for (const each of PACKAGES) await builder.build(each, staged, step);
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
