import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { discard } from "./cache";
import { WayFailedError } from "./errors";
import { run } from "./process";
import type { Step } from "./progress";

/** Nine minutes of processor time on two cores. */
const BUILD_TIMEOUT_MS = 40 * 60_000;

/** A command in a Go module, to be built from a folder that pins every module with its checksum. */
export interface GoPackage {
  /** For messages. */
  readonly label: string;
  /** The folder of go.mod and go.sum. */
  readonly pins: string;
  readonly package: string;
  /** The executable, without the suffix of the platform. */
  readonly output: string;
  readonly ldflags: string;
}

export class GoBuilder {
  constructor(
    /** The way that fails. */
    private readonly name: string,
    private readonly go: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Builds into `bin` of the staged directory. Throws `WayFailedError`. */
  async build(wanted: GoPackage, staged: string, step: Step): Promise<void> {
    // In a copy, because Go may change go.mod.
    const workspace = join(staged, `${wanted.output}-module`);
    mkdirSync(workspace);
    for (const file of ["go.mod", "go.sum"]) copyFileSync(join(wanted.pins, file), join(workspace, file));
    step.detail(`reading the modules of ${wanted.label}`);
    const list = await this.run(["list", "-mod=readonly", "-deps", wanted.package], workspace, (line) => {
      if (line.startsWith("go: downloading"))
        step.detail(`fetching ${line.slice("go: downloading ".length)}`);
    });
    const total = list.trim().split("\n").length;
    let compiled = 0;
    const suffix = process.platform === "win32" ? ".exe" : "";
    const output = join(staged, "bin", wanted.output + suffix);
    const flags = ["-v", "-mod=readonly", "-trimpath", "-ldflags", wanted.ldflags, "-o", output];
    step.detail(`compiling ${wanted.label}`);
    await this.run(["build", ...flags, wanted.package], workspace, () => {
      compiled += 1;
      step.detail(`${wanted.label}: ${compiled} of ${total} packages`);
    });
    discard(workspace);
  }

  private async run(args: readonly string[], cwd: string, onLine: (line: string) => void): Promise<string> {
    const { code, stdout, stderr } = await run(this.go, args, {
      cwd,
      env: goEnvironment(this.env),
      timeoutMs: BUILD_TIMEOUT_MS,
      onOutput: (chunk, stream) => {
        if (stream === "stderr") for (const line of chunk.trim().split("\n")) onLine(line);
      },
    });
    if (code === 0) return stdout;
    const lastLines = stderr.trim().split("\n").slice(-3).join("\n");
    throw new WayFailedError(this.name, `\`go ${args[0] ?? ""}\` ended with code ${code}: ${lastLines}`);
  }
}

/** Builds for this platform with the installed Go and downloads no toolchain. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, ...rest } = env;
  return { ...rest, GOTOOLCHAIN: "local", GOWORK: "off", CGO_ENABLED: "0" };
}
