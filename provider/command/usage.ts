import { Command } from "commander";
import { type ConnectionOptions, connected, withConnectionOptions } from "./connection";
import { CommandError, EXIT } from "./exit-code";
import { writeText } from "./files";
import { chosenKeys } from "./keys";
import type { Terminal } from "./terminal";
import { usageLines } from "./usage-bars";
import { usagePage } from "./usage-page";
import { readUsage, type UsageReading } from "./usage-reading";

interface UsageOptions extends ConnectionOptions {
  readonly json?: boolean;
  readonly html?: string;
  readonly watch?: number | true;
}

class UsageUnreadError extends CommandError {
  override readonly name = "UsageUnreadError";
}

class WatchError extends CommandError {
  override readonly name = "WatchError";
}

const WATCH_SECONDS = 30;
const MAX_WATCH_SECONDS = 24 * 60 * 60;

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_WATCH_SECONDS) return value;
  throw new WatchError(
    `--watch is ${JSON.stringify(text)}: write a whole number of seconds from 1 to ${MAX_WATCH_SECONDS}`,
    EXIT.misused,
  );
}

const asJson = ({ readAt, host, keys, modelPaths }: UsageReading): object => ({
  readAt: new Date(readAt).toISOString(),
  host,
  keys: keys.map(({ key: { id, name, accessKeyHint, budget, expiresAt }, usage }) => ({
    id,
    name,
    accessKeyHint,
    budget,
    expiresAt,
    usage,
  })),
  modelPaths: Object.fromEntries(modelPaths),
});

function show(reading: UsageReading, { json, html, watch }: UsageOptions, terminal: Terminal): void {
  if (html !== undefined) {
    writeText(html, usagePage(reading), true);
    terminal.err(`The usage of ${reading.keys.length} keys is in ${html}`);
  }
  // With --watch each reading is one line, for programs that read line by line.
  if (json) terminal.out(JSON.stringify(asJson(reading), null, watch ? 0 : 2));
  else if (html === undefined) {
    if (watch) terminal.clear?.();
    for (const line of usageLines(reading)) terminal.out(line);
  }
}

export const usage = (terminal: Terminal): Command =>
  withConnectionOptions(new Command("usage"))
    .description(
      "show the usage of keys since midnight UTC as bars in the terminal, as JSON or as an HTML page",
    )
    .argument("[keys...]", "ids or exact names of keys (default: all except admin keys)")
    .option("--json", "print JSON; with --watch, one line per reading")
    .option("--html <file>", "write a self-contained HTML page with charts; an existing file is overwritten")
    .option("--watch [seconds]", `repeat every <seconds> (default: ${WATCH_SECONDS}) until Ctrl-C`, seconds)
    .action(async (named: readonly string[], options: UsageOptions) => {
      const { connection } = await connected(options, terminal);
      for (;;) {
        const reading = await readUsage(connection, await chosenKeys(connection, named));
        show(reading, options, terminal);
        const { watch } = options;
        if (watch) {
          if (await terminal.pause((watch === true ? WATCH_SECONDS : watch) * 1000)) continue;
          return;
        }
        const unread = reading.keys.filter((each) => each.usage.unavailable !== undefined);
        const [first] = unread;
        if (!first) return;
        throw new UsageUnreadError(
          `the usage of ${unread.length} of ${reading.keys.length} keys could not be read; the first is ${JSON.stringify(first.key.name)}: ${first.usage.unavailable}`,
        );
      }
    });
