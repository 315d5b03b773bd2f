import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Clock, type Emulator, type EmulatorOptions, startEmulator } from "aixplain-emulator";
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

/** The time of the account's quota, which can be stopped. The emulator's own controls leave quotas alone. */
class QuotaClock implements Clock {
  stopped: number | undefined;

  now(): number {
    return this.stopped ?? Date.now();
  }
}

export const UP = ["up", "--yes", "--skip-preview"];

/** Several runners over one account and one state. */
export class FleetStage {
  constructor(
    readonly emulator: Emulator,
    private readonly clock: QuotaClock,
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

  /** From now on every call is refused, once the quota of this second is used up. */
  hold(): void {
    this.clock.stopped = this.clock.now();
  }

  letGo(): void {
    this.clock.stopped = undefined;
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
  const clock = new QuotaClock();
  const emulator = await startEmulator({ ...options, clock });
  try {
    await withSharedBackend(cli, gateway, async (backend) => {
      const env = { AIXPLAIN_API_KEY: emulator.adminKey, TEAM_API_KEY: undefined, BACKEND_URL: emulator.url };
      const machines = Array.from({ length: runners }, (_, index) => backend.runner(`runner-${index}`, env));
      await play(new FleetStage(emulator, clock, backend, machines));
    });
  } finally {
    await emulator.close();
  }
}
