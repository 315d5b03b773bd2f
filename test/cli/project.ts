import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "aixplain-emulator";
import { ensurePulumi, type Overrides, type PulumiCli, withTemporaryBackend } from "../../tools/pulumi-cli";
import type { TemporaryBackend } from "../../tools/pulumi-cli/temporary-backend";

const ROOT = join(__dirname, "..", "..");

/** One run of the CLI: everything that a person sees of it, and whether it went well. */
export interface Told {
  readonly ok: boolean;
  readonly text: string;
}

export const CLI_TIMEOUT_MS = 15 * 60_000;

/** A Pulumi project with a plain JavaScript program, which starts faster than one that has to be compiled. */
export class CliProject {
  readonly directory: string;
  package = "pulumi-aixplain";

  constructor(
    readonly cli: PulumiCli,
    readonly backend: TemporaryBackend,
    readonly emulator: Emulator,
    readonly env: Overrides,
  ) {
    this.directory = join(backend.directory, "program");
    mkdirSync(this.directory);
    const options = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
    writeFileSync(join(this.directory, "Pulumi.yaml"), `name: project\n${options}`);
    writeFileSync(join(this.directory, "package.json"), '{ "private": true, "main": "index.js" }\n');
    symlinkSync(join(ROOT, "node_modules"), join(this.directory, "node_modules"), "junction");
  }

  /** Writes the program: `body` with `pulumi` and what the package exports at hand. */
  program(body: string): void {
    const head = `const pulumi = require("@pulumi/pulumi");\nconst { ApiKey, getUsage } = require("${this.package}");\n`;
    writeFileSync(join(this.directory, "index.js"), head + body);
  }

  async run(args: readonly string[], env: Overrides = {}): Promise<Told> {
    const options = { cwd: this.directory, env: { ...this.env, ...env }, timeoutMs: CLI_TIMEOUT_MS };
    const { code, stdout, stderr } = await this.backend.run([...args, "--non-interactive"], options);
    return { ok: code === 0, text: `${stdout}\n${stderr}` };
  }

  async must(args: readonly string[]): Promise<string> {
    const { ok, text } = await this.run(args);
    if (!ok) throw new Error(`pulumi ${args.join(" ")} failed:\n${text}`);
    return text;
  }

  preview(...flags: string[]): Promise<Told> {
    return this.run(["preview", ...flags]);
  }

  up(...flags: string[]): Promise<Told> {
    return this.run(["up", "--yes", "--skip-preview", ...flags]);
  }

  destroy(...flags: string[]): Promise<Told> {
    return this.run(["destroy", "--yes", "--skip-preview", ...flags]);
  }

  async import(exported: string): Promise<void> {
    const file = join(this.directory, "state.json");
    writeFileSync(file, exported);
    await this.must(["stack", "import", "--file", file]);
  }

  exportedState(): Promise<string> {
    return this.must(["stack", "export"]);
  }
}

/** Lets `play` work with a project, a state and an emulator of its own; the stack `test` is there and selected. */
export async function withCliProject(
  play: (project: CliProject) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  const cli = await ensurePulumi();
  const emulator = await startEmulator(options);
  try {
    await withTemporaryBackend(cli, async (backend) => {
      const temporary = join(backend.directory, "tmp");
      mkdirSync(temporary);
      const env = {
        AIXPLAIN_API_KEY: emulator.adminKey,
        TEAM_API_KEY: undefined,
        BACKEND_URL: emulator.url,
        NO_COLOR: "1",
        // What is written in passing is looked through as well.
        TMPDIR: temporary,
      };
      const project = new CliProject(cli, backend, emulator, env);
      await project.must(["stack", "init", "test"]);
      await play(project);
    });
  } finally {
    await emulator.close();
  }
}
