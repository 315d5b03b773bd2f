import { Command, Option } from "commander";
import { ACCOUNT, type LiveKey } from "../core/model";
import { type ApiKeyUsage, usedToday } from "../core/usage";
import { Account } from "../lifecycle/account";
import { connected } from "./connection";
import { CommandError, EXIT } from "./exit-code";
import { fileState, type StackState, stackState } from "./stack-state";
import type { Terminal } from "./terminal";
import { usageToday } from "./usage-reading";

interface OrphanOptions {
  readonly stack: readonly string[];
  readonly state: readonly string[];
  readonly cwd?: string;
  readonly json?: boolean;
}

interface Orphan {
  readonly key: LiveKey;
  readonly usage: ApiKeyUsage;
  /** Whether a stack has an unfinished operation that creates a key with this name. */
  readonly pending: boolean;
}

const more = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const use = (usage: ApiKeyUsage): "used" | "unused" | "unknown" => {
  if (usage.unavailable !== undefined || usage.total === undefined) return "unknown";
  const { requests, tokens } = usedToday(usage);
  return requests > 0 || tokens > 0 ? "used" : "unused";
};

function reading({ key: { id }, usage, pending }: Orphan): string {
  const { requests, tokens } = usedToday(usage);
  const run = pending
    ? " A run of one of these stacks was interrupted while it created a key with this name: run pulumi refresh there first."
    : "";
  switch (use(usage)) {
    case "used":
      return `USED TODAY (${requests} requests, ${tokens} tokens since midnight UTC): keep it, and find out which stack or person uses it.${run}`;
    case "unknown":
      return `today's usage could not be read (${usage.unavailable ?? "no answer"}): keep it until you know that nobody uses it.${run}`;
    case "unused":
      return `not used today, but perhaps on other days. It is a leftover, or it belongs to a person or to a stack that was not named.${run} If nobody needs it, run npx pulumi-aixplain delete ${id}`;
  }
}

async function statesOf(
  { stack, state, cwd = "." }: OrphanOptions,
  env: Terminal["env"],
): Promise<StackState[]> {
  if (stack.length + state.length === 0) {
    throw new CommandError("no stack was named, so every key would look like an orphan", EXIT.misused, {
      next: "Name every stack of the account with --stack, or its exported state with --state; both can be repeated",
    });
  }
  const states = [];
  for (const name of stack) states.push(await stackState({ stack: name, cwd, env }));
  return [...states, ...state.map(fileState)];
}

/** Keys that are recorded in another account cannot declare a key of this one. */
async function warnOfOtherAccounts(
  states: readonly StackState[],
  account: Account,
  { err }: Terminal,
): Promise<void> {
  const here = await account.identity();
  for (const { source, keys } of states) {
    const elsewhere = keys.filter(
      ({ state }) => state[ACCOUNT] !== undefined && !here.isThatOf(state[ACCOUNT]),
    );
    if (elsewhere.length === 0) continue;
    err(
      `WARNING: ${elsewhere.length} ${elsewhere.length === 1 ? "key" : "keys"} of ${source}: recorded in an account other than ${here.text}. Either the settings belong to another account, and the result is not valid for that stack, or the account has a new admin key.`,
    );
  }
}

export const orphans = (terminal: Terminal): Command =>
  new Command("orphans")
    .description("show live keys that none of the named stacks declares, with today's usage. Deletes nothing")
    .addOption(
      new Option("--stack <name>", "a stack of the account (repeatable). The first one provides the settings")
        .argParser(more)
        .default([], "none"),
    )
    .addOption(
      new Option("--state <file>", "a state written by pulumi stack export (repeatable)")
        .argParser(more)
        .default([], "none"),
    )
    .option("--cwd <folder>", "the folder of the stacks' project (default: the current folder)")
    .option("--json", "print JSON, with one entry per key that no stack declares")
    .action(async (options: OrphanOptions) => {
      const states = await statesOf(options, terminal.env);
      const [stack] = options.stack;
      const settings = stack === undefined ? {} : { stack, cwd: options.cwd ?? "." };
      const { connection } = await connected(settings, terminal);
      const account = new Account(connection.keys, connection.backend, connection.now);
      await warnOfOtherAccounts(states, account, terminal);
      const declared = new Set(states.flatMap(({ keys }) => keys.map(({ id }) => id)));
      const pending = new Set(states.flatMap(({ pendingNames }) => pendingNames));
      const live = [...(await account.keys()).values()].filter(
        ({ id, isAdmin }) => !isAdmin && !declared.has(id),
      );
      const found = await Promise.all(
        live.map(async (listed): Promise<Orphan> => {
          const key = listed.live();
          return { key, usage: await usageToday(connection, key.id), pending: pending.has(key.name) };
        }),
      );
      const sources = states.map(({ source }) => source);
      if (options.json) {
        const keys = found.map((each) => ({
          ...each.key,
          pending: each.pending,
          use: use(each.usage),
          usage: each.usage,
        }));
        terminal.out(JSON.stringify({ sources, keys }, null, 2));
      } else {
        for (const each of found) {
          terminal.out(`${each.key.id}  ${each.key.accessKeyHint}  ${JSON.stringify(each.key.name)}`);
          terminal.out(`  ${reading(each)}`);
        }
      }
      terminal.err(
        `${found.length} ${found.length === 1 ? "key is" : "keys are"} declared by none of these: ${sources.join(", ")}. Admin keys are skipped.`,
      );
    });
