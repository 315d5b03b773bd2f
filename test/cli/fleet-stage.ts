import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "aixplain-emulator";
import { agreement, keysOf } from "../../bench/fleet/agreement";
import { ensurePulumi } from "../../tools/pulumi-cli";
import {
  ensureGateway,
  type Runner,
  type SharedBackend,
  withSharedBackend,
} from "../../tools/shared-backend";
import type { Told } from "./project";
import { Running } from "./running";

export const UP = ["up", "--yes", "--skip-preview"];

/** Several runners over one account and one state. */
export class FleetStage {
  constructor(
    readonly emulator: Emulator,
    private readonly backend: SharedBackend,
    readonly runners: readonly Runner[],
  ) {}

  /** `body` with ApiKey and the stack's name at hand; the same in every checkout. */
  program(body: string): void {
    const head = `const { ApiKey } = require("pulumi-aixplain");\nconst stack = require("@pulumi/pulumi").getStack();\n`;
    for (const runner of this.runners) runner.write("index.js", head + body);
  }

  runner(index: number): Runner {
    const runner = this.runners[index];
    if (runner === undefined) throw new Error(`there is no runner ${index}`);
    return runner;
  }

  async init(...stacks: string[]): Promise<void> {
    const [first, ...others] = this.runners;
    if (first === undefined) throw new Error("a fleet needs a runner");
    for (const stack of stacks) {
      const { code, stderr } = await first.run(["stack", "init", stack]);
      if (code !== 0) throw new Error(stderr);
      for (const other of others) other.takeSettings(stack, first);
    }
  }

  async run(index: number, stack: string, ...args: string[]): Promise<Told> {
    const { code, stdout, stderr } = await this.runner(index).run([...args, "--stack", stack]);
    return { ok: code === 0, text: `${stdout}\n${stderr}` };
  }

  start(index: number, stack: string, ...args: string[]): Running {
    const { cli, env, directory } = this.runner(index);
    return Running.start({ cli, backend: { env }, directory, env: {} }, [...args, "--stack", stack]);
  }

  /** The lock files of a stack, where the server keeps them. */
  locks(stack: string): string[] {
    const directory = join(this.backend.server.bucket, ".pulumi", "locks", "organization", "fleet", stack);
    return existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(".json")) : [];
  }

  /** Stops the account's clock: once the quota of that second is used up, every call is refused. */
  hold(): void {
    const { clock } = this.emulator.controls;
    clock.set(new Date(clock.now()).toISOString());
  }

  letGo(): void {
    this.emulator.controls.clock.release();
  }

  creates(): number {
    return this.emulator.controls
      .requests()
      .filter(({ method, status }) => method === "POST" && status !== 429 && status !== 422).length;
  }

  refusals(): number {
    return this.emulator.controls.requests().filter(({ status }) => status === 429).length;
  }

  /** The account beside the states of these stacks. */
  async agreement(...stacks: string[]): Promise<ReturnType<typeof agreement>> {
    const states = await Promise.all(
      stacks.map(async (stack) => {
        const { code, stdout, stderr } = await this.runner(0).run(["stack", "export", "--stack", stack]);
        if (code !== 0) throw new Error(stderr);
        return keysOf(stdout);
      }),
    );
    const live = this.emulator.controls.keys().filter(({ isAdmin }) => !isAdmin);
    return agreement(live, states.flat());
  }
}

export async function withFleet(
  runners: number,
  options: EmulatorOptions,
  play: (stage: FleetStage) => Promise<void>,
): Promise<void> {
  const [cli, gateway] = [await ensurePulumi(), await ensureGateway()];
  const emulator = await startEmulator(options);
  try {
    await withSharedBackend(cli, gateway, async (backend) => {
      const env = { AIXPLAIN_API_KEY: emulator.adminKey, TEAM_API_KEY: undefined, BACKEND_URL: emulator.url };
      const machines = Array.from({ length: runners }, (_, index) => backend.runner(`runner-${index}`, env));
      await play(new FleetStage(emulator, backend, machines));
    });
  } finally {
    await emulator.close();
  }
}
