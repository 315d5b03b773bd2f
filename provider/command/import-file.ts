import { Command, Option } from "commander";
import { checkDeclaration } from "../core/check";
import { problemsInWords } from "../core/errors";
import type { LiveKey } from "../core/model";
import { toInputs, toState } from "../core/state";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import { CommandError } from "./exit-code";
import { writeText } from "./files";
import { type Declared, importProgram } from "./import-program";
import { chosenKeys } from "./keys";
import { resourceNames } from "./resource-names";
import { API_KEY_TYPE } from "./stack-state";
import type { Terminal } from "./terminal";

interface ImportOptions extends ConnectionOptions {
  readonly out?: string;
  readonly program?: string;
}

class UndeclarableKeyError extends CommandError {
  override readonly name = "UndeclarableKeyError";
}

interface Importable extends Declared {
  readonly id: string;
}

/** The declaration of a key, or why no program can declare it. */
function declaration(key: LiveKey, now: number): Omit<Importable, "resource"> | { readonly problem: string } {
  const inputs = toInputs(toState(key, new Map(), undefined));
  const outcome = checkDeclaration(inputs, { now, previous: inputs });
  if (outcome.ok) return { id: key.id, inputs };
  return { problem: `${JSON.stringify(key.name)} (${key.id}): ${problemsInWords(outcome.problems)}` };
}

const importJson = (keys: readonly Importable[]): string =>
  `${JSON.stringify({ resources: keys.map(({ id, resource }) => ({ type: API_KEY_TYPE, name: resource, id })) }, null, 2)}\n`;

function nextSteps({ out, program }: ImportOptions): string[] {
  const file = out ?? "<the file>";
  return [
    "Next, in a project that finds the native plugin (docs/plugin.md):",
    "  1. Set the access keys that you have (the platform does not show them again): export AIXPLAIN_ACCESS_KEYS='<key> <key> ...'",
    "     The import refuses a key whose access key is missing there. Unset the variable to import all keys without access keys.",
    `  2. pulumi import --file ${file} --generate-code=false`,
    program === undefined
      ? "  3. Declare the keys in your program (--program <file> writes the declarations)"
      : `  3. Use ${program} as your program`,
    "  4. pulumi preview --expect-no-changes",
  ];
}

export const importFile = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("import-file"))
    .description(
      "write existing keys to a file for pulumi import, and to a program for pulumi-aixplain/native. Existing files are not overwritten",
    )
    .argument("[keys...]", "ids or exact names of keys (default: all except admin keys)")
    .addOption(new Option("--out <file>", "write the import file here (default: standard output)"))
    .addOption(new Option("--program <file>", "write the TypeScript program here (default: no program)"))
    .action(async (named: readonly string[], options: ImportOptions) => {
      const { connection } = await connected(options, terminal);
      const keys = await chosenKeys(connection, named);
      const read = keys.map((key) => declaration(key, connection.now()));
      const problems = read.flatMap((each) => ("problem" in each ? [each.problem] : []));
      const sound = read.flatMap((each) => ("problem" in each ? [] : [each]));
      const names = resourceNames(sound.map(({ inputs }) => inputs.name));
      const importable = sound.map((each, index) => ({ ...each, resource: names[index] ?? each.id }));
      if (options.program !== undefined) writeText(options.program, importProgram(importable), false);
      if (options.out === undefined) terminal.out(importJson(importable).trimEnd());
      else writeText(options.out, importJson(importable), false);
      terminal.err(
        `${importable.length} ${importable.length === 1 ? "key" : "keys"} to import. Admin keys are skipped.`,
      );
      if (importable.length > 0) for (const line of nextSteps(options)) terminal.err(line);
      if (problems.length === 0) return;
      throw new UndeclarableKeyError(
        `${problems.length} keys were skipped, because no program can declare them: ${problems.join(" | ")}`,
        undefined,
        { next: "Correct them on the platform, then write the files again" },
      );
    });
