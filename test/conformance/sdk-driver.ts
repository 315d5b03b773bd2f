import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Generation = "v1" | "v2";

export interface CaseResult {
  case: string;
  ok: boolean;
  detail: string;
}

/** What a case may ask for while it runs, because the SDK has no call for it. */
export type ControlRequest =
  | { control: "advance"; milliseconds: number }
  | { control: "fail"; route: string; status: number; times: number }
  | { control: "createKey"; body: object & { name: string } }
  | { control: "received" };

type Message = { ready: true; cases: string[] } | ControlRequest | CaseResult;

export interface DriverOptions {
  python: string;
  generation: Generation;
  backendUrl: string;
  adminKey: string;
  control(request: ControlRequest): unknown;
}

/** The Python process that runs cases through the SDK, one at a time, in a directory and environment of its own. */
export class SdkDriver {
  private waiting: { resolve(message: Message): void; reject(error: Error): void } | undefined;
  private unread: Message[] = [];
  private failure: Error | undefined;
  private errors = "";
  cases: readonly string[] = [];

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly directory: string,
    private readonly options: DriverOptions,
  ) {
    createInterface({ input: child.stdout }).on("line", (line) => this.receive(JSON.parse(line) as Message));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.errors = `${this.errors}${text}`.slice(-4_000);
    });
    child.on("error", (error) => this.fail(error));
    child.on("exit", (code, signal) =>
      this.fail(new Error(`the SDK driver ended (${code ?? signal}): ${this.errors}`)),
    );
  }

  static async start(options: DriverOptions): Promise<SdkDriver> {
    // The SDK reads `.env` and writes `.cache` where it runs.
    const directory = mkdtempSync(join(tmpdir(), "aixplain-sdk-"));
    const { python, generation, backendUrl, adminKey } = options;
    const child = spawn(python, ["-X", "utf8", join(__dirname, "driver.py"), generation], {
      cwd: directory,
      // Nothing of the caller's: a key, a proxy or an address of a real account must not get in.
      env: {
        ...pick(process.env, "PATH", "SystemRoot", "TMPDIR", "TEMP"),
        BACKEND_URL: backendUrl,
        // v1 puts v2 in its place for synchronous runs by itself; v2 takes the address as it is.
        MODELS_RUN_URL: `${backendUrl}/api/${generation}/execute`,
        AIXPLAIN_ALLOW_INSECURE_URLS: "1",
        AIXPLAIN_API_KEY: adminKey,
        AIXPLAIN_SUPPRESS_V1_DEPRECATION: "1",
        LOG_LEVEL: "CRITICAL",
        PYTHONDONTWRITEBYTECODE: "1",
      },
    });
    const driver = new SdkDriver(child, directory, options);
    const hello = await driver.next();
    if (!("ready" in hello))
      throw new Error(`unexpected greeting of the SDK driver: ${JSON.stringify(hello)}`);
    driver.cases = hello.cases;
    return driver;
  }

  async run(name: string): Promise<CaseResult> {
    this.send({ case: name });
    for (;;) {
      const message = await this.next();
      if ("case" in message) return message;
      if ("ready" in message) throw new Error("the SDK driver greeted twice");
      this.send({ value: this.options.control(message) ?? null });
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = new Promise<void>((resolve) => this.child.once("exit", () => resolve()));
      this.child.stdin.end();
      await exited;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private send(message: object): void {
    this.child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  private next(): Promise<Message> {
    const message = this.unread.shift();
    if (message !== undefined) return Promise.resolve(message);
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
  }

  private receive(message: Message): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting === undefined) this.unread.push(message);
    else waiting.resolve(message);
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.waiting?.reject(this.failure);
    this.waiting = undefined;
  }
}

const pick = (env: NodeJS.ProcessEnv, ...names: string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
