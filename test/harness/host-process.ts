import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setImmediate as immediate } from "node:timers/promises";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, type ConfigureResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { DYNAMIC_STUB } from "../../provider/dynamic/stub";

const ROOT = resolve(__dirname, "../..");
const HOST = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");

/** The environment of the host: none of the settings of the person who runs the tests. */
export function environment(): NodeJS.ProcessEnv {
  const foreign = /^(AIXPLAIN_|TEAM_API_KEY$|BACKEND_URL$|PULUMI_|NODE_OPTIONS$|https?_proxy$|all_proxy$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

export interface HostOptions {
  readonly env?: Readonly<Record<string, string>>;
}

type Answer<T> = (error: ServiceError | null, response: T) => void;

/** The dynamic provider host of Pulumi's own package, as a process of its own, and the connection to it. */
export class HostProcess {
  private runs = 0;
  private settings: Readonly<Record<string, string>> | undefined;

  private constructor(
    private child: ChildProcess,
    private client: ResourceProviderClient,
    private readonly output: string[],
    private readonly how: HostOptions,
  ) {}

  static async start(how: HostOptions = {}): Promise<HostProcess> {
    const output: string[] = [];
    const { child, client } = await HostProcess.launch(how, output);
    return new HostProcess(child, client, output, how);
  }

  private static async launch(
    { env = {} }: HostOptions,
    output: string[],
  ): Promise<{ readonly child: ChildProcess; readonly client: ResourceProviderClient }> {
    if (!existsSync(resolve(ROOT, "dist/dynamic/runtime.js"))) {
      throw new Error("the provider is not built, and the host runs what is built: npm run build");
    }
    // The engine's address is given and never called: the host only serves.
    const child = spawn(process.execPath, [HOST, "127.0.0.1:1"], {
      cwd: ROOT,
      env: { ...environment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    const lines = createInterface(child.stdout);
    const port = await Promise.race([
      once(lines, "line").then(([line]) => String(line)),
      once(child, "exit").then(() => "no port"),
    ]);
    if (!/^\d+$/.test(port)) {
      child.kill();
      throw new Error(`the dynamic provider host did not start: ${port}; ${output.join("")}`);
    }
    lines.on("line", (line: string) => output.push(`${line}\n`));
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    return { child, client };
  }

  /** Ends the process as the engine does at the end of a run, and starts the next one. */
  async end(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGINT");
    await gone;
    this.client.close();
    Object.assign(this, await HostProcess.launch(this.how, this.output));
    this.runs = 0;
    if (this.settings) await this.configure(this.settings);
  }

  /** Hands the stack's settings over and answers the source text of a provider that has not been configured yet. */
  async configure(settings: Readonly<Record<string, string>>): Promise<string> {
    this.settings = settings;
    const request = new ConfigureRequest();
    request.setArgs(Struct.fromJavaScript({ ...settings }));
    await this.call<ConfigureResponse>((client, done) => client.configure(request, done));
    // The host keeps one provider for each source text and configures it once: a comment makes a new run of it
    // without the price of a new process.
    this.runs += 1;
    return this.runs === 1 ? DYNAMIC_STUB : `${DYNAMIC_STUB} // run ${this.runs}`;
  }

  async call<T>(method: (client: ResourceProviderClient, answer: Answer<T>) => unknown): Promise<T> {
    try {
      return await new Promise((done, fail) => {
        method(this.client, (error, response) => (error ? fail(error) : done(response)));
      });
    } finally {
      // What the process wrote before it answered lies in the pipe by now, and is read in the next turns.
      for (let turn = 0; turn < 2; turn += 1) await immediate();
    }
  }

  told(): string {
    return this.output.join("");
  }

  forgetTold(): void {
    this.output.length = 0;
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill();
    await gone;
  }
}
