import { Command } from "commander";
import type { Connection } from "../api/connect";
import { NotFoundError } from "../api/errors";
import { AixplainError } from "../core/errors";
import type { LiveKey } from "../core/model";
import { protection } from "../lifecycle/context";
import { ProtectedKeyError } from "../lifecycle/errors";
import { lifecycle } from "../lifecycle/lifecycle";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import { describeKey, describeUse } from "./describe-key";
import { CommandError, EXIT } from "./exit-code";
import type { Terminal } from "./terminal";
import { usageToday } from "./usage-reading";

interface DeleteOptions extends ConnectionOptions {
  readonly yes?: boolean;
}

class NoSuchKeyError extends AixplainError {
  override readonly name = "NoSuchKeyError";
}

class NotConfirmedError extends CommandError {
  override readonly name = "NotConfirmedError";
}

export const remove = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("delete"))
    .description("delete one key that no stack manages, after showing it and asking. Admin keys are refused")
    .argument("<id>", "the id of the key (see list)")
    .option("-y, --yes", "delete without asking")
    .action(async (id: string, options: DeleteOptions) => {
      const { settings, connection } = await connected(options, terminal);
      const key = await existing(connection, id);
      const { apiKey: adminKey } = settings;
      const why = protection({ adminKey }, key);
      if (why !== undefined) throw new ProtectedKeyError(id, "deleted", why);
      for (const line of describeKey(key)) terminal.out(line);
      terminal.err(describeUse(await usageToday(connection, id)));
      if (!options.yes) await confirm(terminal);
      const life = lifecycle(connection, { adminKey, driftCheck: false, report: terminal.err });
      await life.delete(id, {});
      terminal.out(`The key ${JSON.stringify(key.name)} (${id}) is deleted.`);
    });

async function existing({ keys }: Connection, id: string): Promise<LiveKey> {
  try {
    return await keys.get(id);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new NoSuchKeyError(`no such key: the account has no key with the id ${JSON.stringify(id)}`, {
      next: "Run npx pulumi-aixplain list to see its keys",
      cause: error,
    });
  }
}

async function confirm({ ask }: Terminal): Promise<void> {
  if (!ask) {
    throw new NotConfirmedError(
      "nothing was deleted: there is no terminal to ask for confirmation",
      EXIT.misused,
      {
        next: "Add --yes to delete without confirmation",
      },
    );
  }
  const answer = await ask(
    'Its access key stops working immediately and permanently. Type "yes" to delete it: ',
  );
  if (answer.trim().toLowerCase() !== "yes")
    throw new NotConfirmedError("nothing was deleted", EXIT.cancelled);
}
