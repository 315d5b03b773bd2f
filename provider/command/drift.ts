import { Command, Option } from "commander";
import { compare, describeChanges } from "../core/diff";
import { isPast } from "../core/expiry";
import { ACCOUNT } from "../core/model";
import { asLive, spellings } from "../core/state";
import { Account, type Identity } from "../lifecycle/account";
import { UnprovenAbsenceError } from "../lifecycle/errors";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import { CommandError, EXIT } from "./exit-code";
import { fileState, type KeyInState, type StackState, stackState } from "./stack-state";
import type { Terminal } from "./terminal";

interface DriftOptions extends ConnectionOptions {
  readonly state?: string;
  readonly json?: boolean;
}

class DriftError extends CommandError {
  override readonly name = "DriftError";
}

interface Finding {
  readonly urn: string;
  readonly id: string;
  readonly name: string;
  readonly status: "same" | "changed" | "deleted" | "expired" | "unproven";
  /** `budget 200 -> 1000`: from the state to the live key. Secrets are hidden. */
  readonly changes: readonly string[];
  /** Properties that could not be compared, because they are encrypted in the state. */
  readonly notCompared: readonly string[];
}

function absent({ state }: KeyInState, here: Identity, accountId: string | undefined, now: number) {
  const { expiresAt } = state;
  if (expiresAt !== undefined && isPast(expiresAt, now)) return "expired";
  return here.isThatOf(state[ACCOUNT]) || accountId === here.text ? "deleted" : "unproven";
}

async function judge(
  key: KeyInState,
  account: Account,
  accountId: string | undefined,
  now: number,
): Promise<Finding> {
  const { urn, id, state, encrypted, secrets } = key;
  const about = { urn, id, name: state.name, notCompared: encrypted };
  const live = (await account.keys()).get(id)?.live();
  if (!live) {
    return { ...about, status: absent(key, await account.identity(), accountId, now), changes: [] };
  }
  const changes = compare(asLive(state), live, spellings(state).ids)
    .filter(({ property }) => !encrypted.includes(property))
    .map((change) => describeChanges([change], secrets));
  return { ...about, status: changes.length === 0 ? "same" : "changed", changes };
}

function lines({ name, id, status, changes, notCompared }: Finding): string[] {
  const key = `${JSON.stringify(name)} (${id})`;
  const found = {
    same: [],
    changed: [`changed  ${key}`, ...changes.map((change) => `  ${change}`)],
    deleted: [`deleted  ${key}: it no longer exists in the account`],
    expired: [`expired  ${key}: it no longer exists on the platform, as expected`],
    unproven: [`absent   ${key}: deleted, or in another account`],
  }[status];
  const why = `not compared in ${key}: ${notCompared.join(", ")} (encrypted in the file; export it with --show-secrets, or use --stack)`;
  return notCompared.length === 0 ? found : [...found, why];
}

const stateOf = async ({ state, stack, cwd = "." }: DriftOptions, { env }: Terminal): Promise<StackState> => {
  if (state !== undefined) return fileState(state);
  if (stack !== undefined) return stackState({ stack, cwd, env });
  throw new CommandError("there is no state to compare with the account", EXIT.misused, {
    next: "Name a stack with --stack, or a file written by pulumi stack export with --state",
  });
};

export const drift = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("drift"))
    .description(
      "compare the state of a stack with the live keys and show what changed outside of Pulumi. Changes nothing; the exit code is 7 if something differs",
    )
    .addOption(new Option("--state <file>", "compare with a state written by pulumi stack export"))
    .option("--json", "print JSON, with one entry per key and its changes")
    .action(async (options: DriftOptions) => {
      const { source, keys } = await stateOf(options, terminal);
      const { settings, connection } = await connected(options, terminal);
      const account = new Account(connection.keys, connection.backend, connection.now);
      // Even for a stack without keys: a run that cannot reach the account must not report "no drift".
      const { text: here } = await account.identity();
      const managed = keys
        .filter(({ external, replaced }) => !external && !replaced)
        .sort((a, b) => (a.state.name < b.state.name ? -1 : 1));
      const findings = await Promise.all(
        managed.map((key) => judge(key, account, settings.accountId, connection.now())),
      );
      const drifted = findings.filter(({ status }) => status === "changed" || status === "deleted");
      if (options.json) terminal.out(JSON.stringify({ source, account: here, keys: findings }, null, 2));
      else for (const line of findings.flatMap(lines)) terminal.out(line);
      const unproven = managed.find((_, index) => findings[index]?.status === "unproven");
      if (unproven) {
        throw new UnprovenAbsenceError(unproven.id, unproven.state.name, here, unproven.state[ACCOUNT]);
      }
      const all = `${managed.length} ${managed.length === 1 ? "key" : "keys"} of ${source}`;
      if (drifted.length > 0) {
        throw new DriftError(
          `${drifted.length} of ${all} ${drifted.length === 1 ? "differs" : "differ"}`,
          EXIT.changes,
          {
            next: "Run pulumi preview to see what an update would correct, or pulumi refresh to accept the live values into the state",
          },
        );
      }
      terminal.err(`No drift: ${all} compared.`);
    });
