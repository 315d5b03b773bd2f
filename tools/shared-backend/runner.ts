import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Overrides, PulumiCli } from "../pulumi-cli/cli";
import type { RunResult } from "../pulumi-cli/process";

const ROOT = join(__dirname, "..", "..");
const TIMEOUT_MS = 45 * 60_000;
/** Plain JavaScript, so that no compiler is measured. */
const PROJECT = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** A machine that applies stacks, with its own Pulumi home and checkout of the project. */
export class Runner {
  readonly directory: string;

  constructor(
    readonly cli: PulumiCli,
    place: string,
    readonly env: Overrides,
  ) {
    this.directory = join(place, "checkout");
    const modules = join(this.directory, "node_modules");
    for (const each of [modules, join(place, "home"), join(place, "tmp")])
      mkdirSync(each, { recursive: true });
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(modules, "@pulumi"), "junction");
    symlinkSync(ROOT, join(modules, "pulumi-aixplain"), "junction");
    this.write("Pulumi.yaml", `name: fleet\n${PROJECT}`);
    this.write("package.json", '{ "private": true, "main": "index.js" }\n');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }

  /** Copies the settings of a stack, as a checkout of a repository contains them. */
  takeSettings(stack: string, from: Runner): void {
    const file = `Pulumi.${stack}.yaml`;
    copyFileSync(join(from.directory, file), join(this.directory, file));
  }

  run(args: readonly string[], env: Overrides = {}): Promise<RunResult> {
    return this.cli.run([...args, "--non-interactive"], {
      cwd: this.directory,
      env: { ...this.env, ...env },
      timeoutMs: TIMEOUT_MS,
    });
  }
}
