import { Command, CommanderError } from "commander";
import { Redactor } from "../core/secret";
import { presentable, UnexpectedError } from "../core/unexpected";
import { completion } from "./completion";
import { remove } from "./delete";
import { doctor } from "./doctor";
import { drift } from "./drift";
import { EXIT, exitCodeOf } from "./exit-code";
import { importFile } from "./import-file";
import { list } from "./list";
import { orphans } from "./orphans";
import type { Terminal } from "./terminal";
import { usage } from "./usage";

const SUBCOMMANDS: readonly ((terminal: Terminal) => Command)[] = [
  list,
  usage,
  importFile,
  drift,
  orphans,
  doctor,
  remove,
  completion,
];

export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command("pulumi-aixplain")
    .description("Inspects and maintains aiXplain API keys outside of Pulumi programs.")
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      "\nSettings are read from the environment (AIXPLAIN_API_KEY, older name TEAM_API_KEY; BACKEND_URL), or from a stack with --stack.",
    );
  for (const make of SUBCOMMANDS) program.addCommand(make(terminal).copyInheritedSettings(program));
  try {
    await program.parseAsync(args, { from: "user" });
    return EXIT.done;
  } catch (error) {
    // commander has printed the error or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    const shown = presentable(error, new Redactor());
    if (shown instanceof UnexpectedError) terminal.err(shown.stack ?? "");
    terminal.err(`pulumi-aixplain: ${shown.message}`);
    return exitCodeOf(shown);
  }
}
