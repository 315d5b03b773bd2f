import type { Serializable } from "node:child_process";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { z } from "zod";
import { BenchError } from "./errors";

/** A child process that reports its address and ends with the bench. */
export class Child<T> {
  private constructor(
    private readonly process: ChildProcess,
    readonly answer: T,
  ) {}

  static async start<T>(script: string, message: Serializable, schema: z.ZodType<T>): Promise<Child<T>> {
    const child = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.send(message);
    const ended = new Promise<never>((_, reject) =>
      child.once("exit", (code) => reject(new BenchError(`${script} ended with ${code} before it answered`))),
    );
    const [answer] = await Promise.race([once(child, "message"), ended]);
    return new Child(child, schema.parse(answer));
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.disconnect();
    await ended;
  }
}
