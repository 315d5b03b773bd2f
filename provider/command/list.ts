import { Command } from "commander";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import type { Terminal } from "./terminal";

interface ListOptions extends ConnectionOptions {
  readonly json?: boolean;
}

export const list = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("list"))
    .description("list every key of the account with its id, access key hint and name")
    .option("--json", "print JSON, with limits, budget and expiry")
    .action(async ({ json, ...options }: ListOptions) => {
      const { connection } = await connected(options, terminal);
      const keys = (await connection.keys.list()).map((key) => key.live());
      if (json) terminal.out(JSON.stringify(keys, null, 2));
      else {
        for (const { id, accessKeyHint, name, isAdmin } of keys) {
          terminal.out(`${id}  ${accessKeyHint}  ${name}${isAdmin ? "  (admin)" : ""}`);
        }
      }
    });
