import { Command, CommanderError } from "commander";
import { Redactor } from "../core/secret";
import { presentable, UnexpectedError } from "../core/unexpected";
import { remove } from "./delete";
import { list } from "./list";
import type { Terminal } from "./terminal";

const SUBCOMMANDS: readonly ((terminal: Terminal) => Command)[] = [list, remove];

const EXIT = { done: 0, failed: 1, misused: 2 } as const;

export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command("pulumi-aixplain")
    .description("The few things to be done by hand around a stack of aiXplain API keys.")
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      "\nSettings come from the environment (AIXPLAIN_API_KEY, older name TEAM_API_KEY; BACKEND_URL), or from a stack with --stack.",
    );
  for (const make of SUBCOMMANDS) program.addCommand(make(terminal).copyInheritedSettings(program));
  try {
    await program.parseAsync(args, { from: "user" });
    return EXIT.done;
  } catch (error) {
    // commander has printed the error or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    const told = presentable(error, new Redactor());
    if (told instanceof UnexpectedError) terminal.err(told.stack ?? "");
    terminal.err(`pulumi-aixplain: ${told.message}`);
    return EXIT.failed;
  }
}
