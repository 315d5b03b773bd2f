import { Command } from "commander";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import type { Terminal } from "./terminal";

export const list = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("list"))
    .description("every key of the account: id, hint of the access key, name")
    .action(async (options: ConnectionOptions) => {
      const { connection } = await connected(options, terminal);
      for (const { id, accessKeyHint, name, isAdmin } of (await connection.keys.list()).map((key) =>
        key.live(),
      )) {
        terminal.out(`${id}  ${accessKeyHint}  ${name}${isAdmin ? "  (admin)" : ""}`);
      }
    });
