import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Overrides, PulumiCli } from "../../tools/pulumi-cli";
import { descendantsOf } from "../../tools/pulumi-cli/descendants";
import { codeOf } from "../../tools/pulumi-cli/errors";
import type { Told } from "./project";

const POLL_MS = 5;

/** Waits for something that can be seen, however long the machine takes for it. */
export async function until(holds: () => boolean, what: string, withinMs = 120_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${withinMs} ms`);
    await pause(POLL_MS);
  }
}

function commandOf(pid: number): string {
  if (process.platform !== "linux") {
    return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ESRCH") return "";
    throw error;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (codeOf(error) !== "ESRCH") throw error;
  }
}

export const VICTIMS = ["cli", "provider", "everything"] as const;
export type Victim = (typeof VICTIMS)[number];

/** What a run of the CLI needs to start. */
interface Startable {
  readonly cli: PulumiCli;
  readonly backend: { readonly env: Overrides };
  readonly directory: string;
  readonly env: Overrides;
}

export class Running {
  private readonly chunks: string[] = [];
  private readonly exited: Promise<unknown>;
  private readonly pid: number;
  private family: number[] = [];

  private constructor(private readonly child: ChildProcess) {
    if (child.pid === undefined) throw new Error("the CLI did not start");
    this.pid = child.pid;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => this.chunks.push(chunk.toString()));
    }
    this.exited = once(child, "exit");
  }

  static start({ cli, backend, directory, env }: Startable, args: readonly string[]): Running {
    return new Running(
      spawn(cli.pulumi, [...args, "--non-interactive"], {
        cwd: directory,
        env: cli.env({ ...backend.env, ...env }),
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
  }

  get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Kills the victim. `false` where there is no such process, because it has not started yet or has ended. */
  strike(victim: Victim): boolean {
    // Looked up before: afterwards nobody knows whose they were.
    this.family = descendantsOf(this.pid);
    if (this.ended) return false;
    if (victim === "cli") kill(this.pid);
    else if (victim === "everything") for (const pid of [this.pid, ...this.family]) kill(pid);
    else {
      const providers = this.family.filter((pid) =>
        /dynamic-provider|resource-aixplain/.test(commandOf(pid)),
      );
      for (const pid of providers) kill(pid);
      return providers.length > 0;
    }
    return true;
  }

  get told(): string {
    return this.chunks.join("");
  }

  /** What Ctrl-C does at a terminal, to the CLI alone. */
  interrupt(): void {
    process.kill(this.pid, "SIGINT");
  }

  async end(): Promise<Told> {
    await this.exited;
    return { ok: this.child.exitCode === 0, text: this.told };
  }

  /** Takes down what is left, so that no test leaves a process behind. */
  cleanUp(): void {
    const late = this.ended ? [] : [this.pid, ...descendantsOf(this.pid)];
    for (const pid of [...this.family.filter((each) => /pulumi/.test(commandOf(each))), ...late]) kill(pid);
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }
}
