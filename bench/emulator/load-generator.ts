import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { BenchError } from "../errors";
import type { Load } from "../load-child";
import { type Served, served } from "./model";

export class LoadGenerator {
  private readonly child = fork(join(__dirname, "..", "load-child.ts"));

  async run(load: Load): Promise<Served> {
    this.child.send(load);
    const result = served.parse((await once(this.child, "message"))[0]);
    if (result.failed > 0)
      throw new BenchError(`${result.failed} of the calls to ${load.url} did not succeed`);
    return result;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.disconnect();
    await ended;
  }
}
