import { Command } from "commander";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import type { Terminal } from "./terminal";

interface ListOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** Every key of the account, one a line. */
export const list = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("list"))
    .description("every key of the account: id, hint of the access key, name")
    .option("--json", "write JSON, with limits, budget and expiry")
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
