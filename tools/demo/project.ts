import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** A copy of an example with an installed package. */
export class ProjectCopy {
  readonly program: string;

  constructor(
    readonly directory: string,
    example: string,
  ) {
    mkdirSync(directory, { recursive: true });
    for (const file of ["index.ts", "package.json", "tsconfig.json"]) {
      cpSync(join(ROOT, "examples", example, file), join(directory, file));
    }
    const project = readFileSync(join(ROOT, "Pulumi.yaml"), "utf8");
    writeFileSync(join(directory, "Pulumi.yaml"), project.replace(/^main: .*\n/m, ""));
    symlinkSync(join(ROOT, "node_modules"), join(directory, "node_modules"), "dir");
    this.program = join(directory, "index.ts");
  }

  /** Replaces text that must occur exactly once. */
  edit(replacements: readonly (readonly [from: string, to: string])[]): void {
    let text = readFileSync(this.program, "utf8");
    for (const [from, to] of replacements) {
      if (text.split(from).length !== 2)
        throw new Error(`the program must contain ${JSON.stringify(from)} exactly once`);
      text = text.replace(from, to);
    }
    writeFileSync(this.program, text);
  }
}
