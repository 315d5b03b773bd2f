#!/usr/bin/env node
import { parseArgs } from "node:util";
import { connect } from "../api/connect";
import { AixplainError } from "../core/errors";
import { lifecycle } from "../lifecycle/lifecycle";
import { resolveSettings } from "../settings";

const USAGE = `Usage: pulumi-aixplain <command>

  list           every key of the account: id, name, hint of the access key
  delete <id>    delete one key, for a key that no stack manages; admin keys are refused

Settings come from the environment: AIXPLAIN_API_KEY (older name: TEAM_API_KEY), BACKEND_URL.
`;

const out = (text: string): void => void process.stdout.write(`${text}\n`);

/** The few things to be done by hand around a stack: to see what is there, and to remove what no stack knows. */
async function main(args: readonly string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  const [command, id] = positionals;
  const complete = positionals.length === (command === "delete" ? 2 : 1);
  if (values.help || !complete || (command !== "list" && command !== "delete")) {
    (values.help ? process.stdout : process.stderr).write(USAGE);
    return values.help ? 0 : 2;
  }
  const settings = resolveSettings({ config: () => undefined, env: process.env });
  const connection = connect(settings);
  if (command === "list") {
    const keys = (await connection.keys.list()).map((key) => key.live());
    for (const key of keys)
      out(`${key.id}  ${key.accessKeyHint}  ${key.name}${key.isAdmin ? "  (admin)" : ""}`);
    return 0;
  }
  const life = lifecycle(connection, { adminKey: settings.apiKey, driftCheck: false, report: out });
  await life.delete(id ?? "", {});
  out(`The key ${id} is gone.`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const usage =
      error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    process.stderr.write(`pulumi-aixplain: ${message}\n${usage ? USAGE : ""}`);
    process.exitCode = error instanceof AixplainError ? 1 : 2;
  },
);
