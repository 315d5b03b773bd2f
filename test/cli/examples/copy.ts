import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Overrides, PulumiCli } from "../../../tools/pulumi-cli";
import { type RunResult, run } from "../../../tools/pulumi-cli/process";
import { install, outsideOfTheCheckout, pack, ROOT } from "../../package/npm";
import { type Block, blocksOf } from "./readme";

export const EXAMPLES = join(ROOT, "examples");
const TIMEOUT_MS = 10 * 60_000;
/** Ends each block in what the shell prints. */
const END = "-- end of a block --";

/** What a machine without Pulumi's releases needs besides. */
export interface StandIn {
  /** Comes first on the PATH. */
  readonly bin: string;
  /** The commands to run where the README has these. */
  instead(commands: string): string;
}

const NONE: StandIn = { bin: "", instead: (commands) => commands };

/** The packages of this repository, packed as a release packs them. */
export interface Archives {
  readonly files: Readonly<Record<string, string>>;
  /** Whether npm could install them: the index of packages is not reachable everywhere. */
  readonly reached: boolean;
}

export function packAll(directory: string): Archives {
  const files = Object.fromEntries(
    ["", "emulator", "policies"].map((folder) => {
      const { name } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
        name: string;
      };
      return [name, pack(join(ROOT, folder), directory)];
    }),
  );
  const probe = join(directory, "probe");
  mkdirSync(probe);
  writeFileSync(join(probe, "package.json"), '{ "name": "probe", "private": true }\n');
  return { files, reached: install(probe, [...Object.values(files), "@pulumi/pulumi@3.248.0"]) };
}

/** A copy of an example outside of the checkout, which depends on packed packages where the example has the checkout's. */
export class ExampleCopy {
  readonly blocks: readonly Block[];

  constructor(
    readonly directory: string,
    private readonly cli: PulumiCli,
    private readonly env: Overrides,
    name: string,
    { files }: Archives,
    private readonly standIn = NONE,
  ) {
    const source = join(EXAMPLES, name);
    cpSync(source, directory, {
      recursive: true,
      filter: (path) =>
        !/[\\/](node_modules|dist|venv|sdks|Pulumi\.\w+\.yaml)$/.test(path.slice(source.length)),
    });
    this.blocks = blocksOf(join(source, "README.md"));
    for (const file of readdirSync(directory, { recursive: true, encoding: "utf8" })) {
      if (!/(^|[\\/])package\.json$/.test(file)) continue;
      const manifest = JSON.parse(readFileSync(join(directory, file), "utf8")) as Record<string, unknown>;
      for (const group of ["dependencies", "devDependencies"]) {
        const wanted = (manifest[group] ?? {}) as Record<string, string>;
        for (const [own, archive] of Object.entries(files)) {
          if (own in wanted) wanted[own] = `file:${archive}`;
        }
      }
      writeFileSync(join(directory, file), JSON.stringify(manifest));
    }
  }

  /** Runs the commands of all blocks in one shell that stops at the first failure, as a reader pastes them. */
  async readme(): Promise<{ readonly code: number; readonly outputs: string[] }> {
    const script = this.blocks
      .map(({ commands }) => `${this.standIn.instead(commands)}\necho "${END}"`)
      .join("\n");
    const ended = await this.shell(`exec 2>&1\ntrap 'kill $(jobs -p) 2> /dev/null || :' EXIT\n${script}`);
    return { code: ended.code, outputs: ended.stdout.split(`${END}\n`) };
  }

  /** Runs Pulumi in a folder of the example. */
  pulumi(folder: string, ...args: string[]): Promise<RunResult> {
    const cwd = join(this.directory, folder);
    // The types were checked when the README was run.
    const env = { ...this.environment, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
    return run(this.cli.pulumi, [...args, "--non-interactive"], { cwd, env, timeoutMs: TIMEOUT_MS });
  }

  private get environment(): NodeJS.ProcessEnv {
    const { bin } = this.standIn;
    const path = bin === "" ? {} : { PATH: [bin, process.env.PATH].join(delimiter) };
    return outsideOfTheCheckout(this.cli.env(this.env, { ...process.env, ...path }));
  }

  private shell(script: string): Promise<RunResult> {
    const args = ["--noprofile", "--norc", "-euo", "pipefail", "-c", script];
    return run("bash", args, { cwd: this.directory, env: this.environment, timeoutMs: TIMEOUT_MS });
  }
}
