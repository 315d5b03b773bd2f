import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Overrides } from "../../tools/pulumi-cli";
import type { RunResult } from "../../tools/pulumi-cli/process";
import type { Step } from "../../tools/pulumi-cli/progress";
import type { Runner } from "../../tools/shared-backend";
import { BenchError } from "../errors";

const PROGRAMS = join(__dirname, "..", "programs");

export interface StackTime {
  readonly stack: string;
  /** From the start of the command to its end. */
  readonly ms: number;
}

/** A team's project: one program, several stacks, and runners that apply them. */
export class Stacks {
  constructor(
    readonly names: readonly string[],
    private readonly runners: readonly Runner[],
    private readonly keys: number,
  ) {
    for (const { directory } of runners) {
      cpSync(join(PROGRAMS, "aixplain.js"), join(directory, "index.js"));
      cpSync(join(PROGRAMS, "declaration.js"), join(directory, "declaration.js"));
    }
  }

  async init(): Promise<void> {
    const [first, ...others] = this.runners;
    if (first === undefined) throw new BenchError("a fleet needs a runner");
    for (const stack of this.names) {
      must(await first.run(["stack", "init", stack]), `stack init ${stack}`);
      for (const other of others) other.takeSettings(stack, first);
    }
  }

  /** Runs the command on every stack. Each runner takes the next stack when it has finished one. */
  async each(command: readonly string[], step: Step, env: Overrides): Promise<StackTime[]> {
    const queue = [...this.names];
    const times: StackTime[] = [];
    const work = async (runner: Runner): Promise<void> => {
      for (let stack = queue.shift(); stack !== undefined; stack = queue.shift()) {
        const started = performance.now();
        const result = await this.run(runner, stack, command, env);
        must(result, `${command.join(" ")} --stack ${stack}`);
        times.push({ stack, ms: performance.now() - started });
        step.detail(`${times.length} of ${this.names.length} stacks`);
      }
    };
    await Promise.all(this.runners.map(work));
    return times.sort((a, b) => a.stack.localeCompare(b.stack));
  }

  /** Adds one key to the first stack. */
  async oneMore(): Promise<RunResult> {
    const [runner] = this.runners;
    const [stack] = this.names;
    if (runner === undefined || stack === undefined)
      throw new BenchError("a fleet needs a runner and a stack");
    return this.run(runner, stack, ["up", "--yes", "--skip-preview"], {
      BENCH_CHANGED: "true",
      BENCH_KEYS: String(this.keys + 1),
    });
  }

  async states(): Promise<string[]> {
    const [runner] = this.runners;
    const states: string[] = [];
    for (const stack of this.names) {
      const exported = await runner?.run(["stack", "export", "--stack", stack]);
      states.push(must(exported, `stack export --stack ${stack}`));
    }
    return states;
  }

  private run(runner: Runner, stack: string, command: readonly string[], env: Overrides): Promise<RunResult> {
    const declared = { BENCH_KEYS: String(this.keys), ...env };
    return runner.run([...command, "--stack", stack, "--suppress-outputs"], declared);
  }
}

function must(result: RunResult | undefined, what: string): string {
  if (result?.code === 0) return result.stdout;
  const output = `${result?.stdout}\n${result?.stderr}`.slice(-4_000);
  throw new BenchError(`pulumi ${what} ended with ${result?.code}:\n${output}`);
}
