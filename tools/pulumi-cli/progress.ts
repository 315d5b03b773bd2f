/** Shows one step at a time with its elapsed time. */
export interface Progress {
  begin(what: string): Step;
  note(line: string): void;
}

export interface Step {
  /** For example "612 of 1903 packages". */
  detail(text: string): void;
  done(result: string): void;
  failed(reason: string): void;
}

export interface ProgressSink {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const TTY_INTERVAL_MS = 1_000;
/** A log keeps every line. */
const LOG_INTERVAL_MS = 15_000;
const ERASE_LINE = "\r\u001b[2K";

export function createProgress(sink: ProgressSink = process.stderr, now: () => number = Date.now): Progress {
  const tty = sink.isTTY === true;
  const show = (text: string) => {
    const width = Math.max(20, (sink.columns ?? 80) - 1);
    sink.write(tty ? `${ERASE_LINE}${text.slice(0, width)}` : `${text}\n`);
  };
  return {
    note: (line) => sink.write(`${tty ? ERASE_LINE : ""}${line}\n`),
    begin(what) {
      const started = now();
      let latest = "";
      const alive = () => {
        const elapsed = formatElapsed(now() - started);
        show(`  ${what} ... ${elapsed}${latest === "" ? "" : ` (${latest})`}`);
      };
      show(`  ${what} ...`);
      const timer = setInterval(alive, tty ? TTY_INTERVAL_MS : LOG_INTERVAL_MS);
      timer.unref();
      const end = (mark: string, text: string) => {
        clearInterval(timer);
        const line = `  ${mark} ${what}: ${text} [${formatElapsed(now() - started)}]`;
        sink.write(`${tty ? ERASE_LINE : ""}${line}\n`);
      };
      return {
        detail: (text) => {
          latest = text;
        },
        done: (result) => end("ok", result),
        failed: (reason) => end("--", firstLine(reason)),
      };
    },
  };
}

export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
