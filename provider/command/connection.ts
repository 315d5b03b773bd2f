import { type Command, Option } from "commander";
import { type Connection, connect } from "../api/connect";
import { resolveSettings, type Settings } from "../settings";
import { stackSettings } from "./stack-settings";
import type { Terminal } from "./terminal";

export interface ConnectionOptions {
  readonly stack?: string;
  readonly cwd?: string;
}

export const withConnectionOptions = (command: Command): Command =>
  command
    .addOption(new Option("--stack <name>", "read the settings from this stack's configuration"))
    .addOption(
      new Option("--cwd <folder>", "the folder of the stack's project (default: the current folder)"),
    )
    .hook("preAction", (_, action) => {
      const { stack, cwd } = action.opts<ConnectionOptions>();
      if (cwd !== undefined && stack === undefined) action.error("error: --cwd requires --stack");
    });

export interface Connected {
  readonly settings: Settings;
  readonly connection: Connection;
}

/** The settings of the environment, and of the stack if one is named. @throws SettingsError */
export async function settingsFor(
  { stack, cwd = "." }: ConnectionOptions,
  env: Terminal["env"],
): Promise<Settings> {
  const config = stack === undefined ? () => undefined : await stackSettings({ stack, cwd, env });
  return resolveSettings({ config, env });
}

/** Finds the settings and connects with them. @throws SettingsError */
export async function connected(options: ConnectionOptions, { env, err }: Terminal): Promise<Connected> {
  const settings = await settingsFor(options, env);
  return {
    settings,
    connection: connect(settings, { report: err, trace: settings.debug ? err : undefined }),
  };
}
