import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

export const CLI = join(__dirname, "../../emulator/dist/cli.js");
export const ADMIN_KEY = "cli-admin-key-0123";

/** The emulator's command, started as a process of its own from what `npm run build` made. */
export class CliProcess {
  output = "";
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;

  private constructor(private readonly child: ChildProcess) {
    const collect = (chunk: Buffer): void => {
      this.output += chunk.toString("utf8");
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    this.exited = new Promise((resolve) => child.on("exit", (code, signal) => resolve({ code, signal })));
  }

  static run(args: string[], env: NodeJS.ProcessEnv = {}): CliProcess {
    const { AIXPLAIN_EMULATOR_ADMIN_KEY: _, ...inherited } = process.env;
    return new CliProcess(spawn(process.execPath, [CLI, ...args], { env: { ...inherited, ...env } }));
  }

  listening(): Promise<string> {
    return this.said(/listening on (http:\S+)\n/);
  }

  /** The first group of the pattern, once the output holds it. */
  said(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.output)?.[1];
        if (found !== undefined) resolve(found);
      };
      this.child.stdout?.on("data", look);
      this.exited.then(() => reject(new Error(`it ended: ${this.output}`)), reject);
      look();
    });
  }

  /** As when the program at the other end of the pipe ends. */
  closeOutput(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

export async function call<T>(
  url: string,
  method: string,
  path: string,
  body?: object,
  accessKey = ADMIN_KEY,
): Promise<{ status: number; json: T }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      "x-api-key": accessKey,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as T };
}
