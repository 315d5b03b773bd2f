import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { environment } from "./host-process";

const ROOT = resolve(__dirname, "../..");
const PLUGIN = resolve(ROOT, "plugin/pulumi-resource-aixplain");

type Answer<T> = (error: ServiceError | null, response: T) => void;

/** The native plugin as the engine starts it: a process of its own, with pipes. */
export class PluginProcess {
  private constructor(
    readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {}

  /** `engine` is the address of the engine that is to hear what the plugin says. */
  static async start(engine: string, env: Readonly<Record<string, string>> = {}): Promise<PluginProcess> {
    if (!existsSync(resolve(ROOT, "dist/plugin/main.js"))) {
      throw new Error("the plugin is not built: npm run build");
    }
    const child = spawn(process.execPath, [PLUGIN, engine], {
      cwd: ROOT,
      env: { ...environment(), ...env },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout);
    const port = await Promise.race([
      once(lines, "line").then(([line]) => String(line)),
      once(child, "exit").then(([code]) => `exit code ${code}`),
    ]);
    if (!/^\d+$/.test(port)) throw new Error(`the plugin did not start: ${port}`);
    return new PluginProcess(
      child,
      new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure()),
    );
  }

  call<T>(method: (client: ResourceProviderClient, answer: Answer<T>) => unknown): Promise<T> {
    return new Promise((done, fail) => {
      method(this.client, (error, response) => (error ? fail(error) : done(response)));
    });
  }

  async stop(): Promise<void> {
    this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGINT");
    await gone;
  }
}
