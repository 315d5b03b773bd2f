import { Argument, Command, type Option } from "commander";
import type { Terminal } from "./terminal";

const NAME = "pulumi-aixplain";

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** The choices of its first argument, if any. */
  readonly choices: readonly string[];
}

const entriesOf = (program: Command): readonly Entry[] =>
  program.commands.map((each) => ({
    name: each.name(),
    summary: each.description().split(/[:;.]/)[0] ?? "",
    options: each.createHelp().visibleOptions(each),
    choices: each.registeredArguments[0]?.argChoices ?? [],
  }));

const flagsOf = ({ options }: Entry): string[] =>
  options.flatMap(({ short, long }) => [short, long].flatMap((flag) => flag ?? []));

function bash(entries: readonly Entry[]): string {
  const cases = entries.map(
    (each) => `      ${each.name}) words="${[...each.choices, ...flagsOf(each)].join(" ")}" ;;`,
  );
  return `_pulumi_aixplain() {
  local words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${entries.map(({ name }) => name).join(" ")} --help"
  else
    case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _pulumi_aixplain ${NAME}`;
}

/** Text between single quotes, for zsh and fish. */
const quoted = (text: string): string => `'${text.replaceAll("'", "")}'`;

function zsh(entries: readonly Entry[]): string {
  const subcommands = entries.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = entries.map((each) => {
    const specs = each.options.map(({ long, description, required, optional }) => {
      const value = required ? ":value:_files" : optional ? "::value:" : "";
      return quoted(`*${long}[${description.replace(/[[\]:]/g, "")}]${value}`);
    });
    const rest = each.choices.length > 0 ? `'1:value:(${each.choices.join(" ")})'` : "'*:value:_files'";
    return `    ${each.name}) _arguments ${specs.join(" ")} ${rest} ;;`;
  });
  return `#compdef ${NAME}
_pulumi_aixplain() {
  local -a subcommands=(
${subcommands.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe subcommand subcommands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join("\n")}
  esac
}
if [[ $funcstack[1] == _pulumi_aixplain ]]; then
  _pulumi_aixplain "$@"
else
  compdef _pulumi_aixplain ${NAME}
fi`;
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap((each) => {
    const within = `-n ${quoted(`__fish_seen_subcommand_from ${each.name}`)}`;
    return [
      `complete -c ${NAME} -n __fish_use_subcommand -f -a ${each.name} -d ${quoted(each.summary)}`,
      ...each.choices.map((choice) => `complete -c ${NAME} ${within} -f -a ${choice}`),
      ...each.options.map(({ short, long, description, required }) => {
        const names = [...(short ? [`-s ${short.slice(1)}`] : []), ...(long ? [`-l ${long.slice(2)}`] : [])];
        return `complete -c ${NAME} ${within} ${names.join(" ")}${required ? " -r" : ""} -d ${quoted(description)}`;
      }),
    ];
  });
  return lines.join("\n");
}

const SHELLS = { bash, zsh, fish } as const;

export const completion = (terminal: Terminal): Command =>
  new Command("completion")
    .description("print the completion script for a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(SHELLS)))
    .addHelpText(
      "after",
      `\nbash: source <(${NAME} completion bash)\nzsh:  source <(${NAME} completion zsh), after compinit\nfish: ${NAME} completion fish | source`,
    )
    .action((shell: keyof typeof SHELLS, _: object, { parent }: Command) => {
      if (parent) terminal.out(SHELLS[shell](entriesOf(parent)));
    });
