import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { devNull } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Overrides } from "../pulumi-cli/cli";
import { follow } from "../pulumi-cli/process-group";
import { GatewayFailedError } from "./errors";
import { StorageTally } from "./storage-tally";

const BUCKET = "state";
const REGION = "us-east-1";
const POLL_MS = 50;
const START_MS = 30_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  probe.close();
  await once(probe, "close");
  return port;
}

/** An S3-compatible server on a free port of loopback, with one empty bucket. */
export class S3Server {
  readonly tally = new StorageTally();
  private output = "";

  private constructor(
    private readonly child: ChildProcess,
    /** The directory of the bucket. */
    readonly bucket: string,
    private readonly port: number,
    private readonly credentials: Readonly<{ access: string; secret: string }>,
    private readonly unfollow: () => void,
  ) {
    const { stdout, stderr } = child;
    if (stdout !== null) createInterface(stdout).on("line", (line) => this.heard(line));
    stderr?.on("data", (chunk: Buffer) => {
      this.output = `${this.output}${chunk}`.slice(-2_000);
    });
  }

  static async start(executable: string, directory: string): Promise<S3Server> {
    const root = join(directory, "buckets");
    const metadata = join(directory, "metadata");
    const bucket = join(root, BUCKET);
    for (const each of [bucket, metadata]) mkdirSync(each, { recursive: true });
    const port = await freePort();
    const credentials = { access: "runner", secret: randomBytes(20).toString("hex") };
    const listen = ["--port", `127.0.0.1:${port}`, "--region", REGION, "--keep-alive"];
    const child = spawn(executable, [...listen, "posix", "--sidecar", metadata, root], {
      // Not on the command line, which every user of the machine can read.
      env: { ROOT_ACCESS_KEY: credentials.access, ROOT_SECRET_KEY: credentials.secret },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    const server = new S3Server(child, bucket, port, credentials, follow(child));
    await server.ready();
    return server;
  }

  /** The environment of a runner that stores its state here. */
  get env(): Overrides {
    const query = new URLSearchParams({
      endpoint: `http://127.0.0.1:${this.port}`,
      region: REGION,
      use_path_style: "true",
    });
    return {
      PULUMI_BACKEND_URL: `s3://${BUCKET}?${query}`,
      AWS_ACCESS_KEY_ID: this.credentials.access,
      AWS_SECRET_ACCESS_KEY: this.credentials.secret,
      AWS_REGION: REGION,
      // The user's own AWS settings must not apply, and no tool may ask for credentials.
      AWS_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
    };
  }

  async stop(): Promise<void> {
    this.unfollow();
    if (this.ended) return;
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }

  private get ended(): boolean {
    return this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private heard(line: string): void {
    if (!this.tally.add(line)) this.output = `${this.output}${line}\n`.slice(-2_000);
  }

  private async ready(): Promise<void> {
    const failed = new Promise<never>((_, reject) =>
      this.child.once("error", (cause) =>
        reject(new GatewayFailedError("the S3 server did not start", { cause })),
      ),
    );
    const answers = async (): Promise<void> => {
      const end = performance.now() + START_MS;
      while (!(await this.answered())) {
        if (this.ended || performance.now() > end) {
          await this.stop();
          throw new GatewayFailedError(`the S3 server does not answer: ${this.output.trim()}`);
        }
        await pause(POLL_MS);
      }
    };
    await Promise.race([answers(), failed]);
  }

  private answered(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/`).then(
      () => true,
      // The server does not listen yet.
      () => false,
    );
  }
}
