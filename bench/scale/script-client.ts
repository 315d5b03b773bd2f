import { z } from "zod";
import type { EmulatorProcess } from "../emulator-process";
import { BenchError } from "../errors";
import type { Operation, Run } from "./model";

const key = z.object({ id: z.string() });

const MODELS = ["6661df926d36df3b878e0697", "640b517694bf816d35a59125"];

const body = (index: number, budget = 1000): object => ({
  name: `key-${index}`,
  budget,
  expiresAt: "2035-01-31T00:00:00.000000Z",
  globalLimits: { tpm: 1000, tpd: 100_000, rpm: 60, rpd: 5000, tokenType: "total" },
  assetsLimits: MODELS.map((assetId) => ({ assetId, tpd: 50_000, rpd: 500, tokenType: "total" })),
});

/** A script without Pulumi that reads and writes one key after the other. */
export class ScriptClient {
  private ids: string[] = [];
  private budget = 1000;

  constructor(
    private readonly emulator: EmulatorProcess,
    private readonly keys: number,
  ) {}

  async run(operation: Operation): Promise<Run> {
    const started = performance.now();
    await this.perform(operation);
    return { wallMs: performance.now() - started, requests: await this.emulator.takeRequests() };
  }

  private async perform(operation: Operation): Promise<void> {
    switch (operation) {
      case "create":
        for (let index = 0; index < this.keys; index += 1) {
          this.ids.push(key.parse(await this.call("POST", "", body(index))).id);
        }
        return;
      // Without a state, it has to read every key.
      case "no-op preview":
      case "refresh":
        for (const id of this.ids) key.parse(await this.call("GET", `/${id}`));
        return;
      case "one-key change": {
        for (const id of this.ids) key.parse(await this.call("GET", `/${id}`));
        this.budget = this.budget === 1000 ? 2000 : 1000;
        await this.call("PUT", `/${this.ids[0]}`, body(0, this.budget));
        return;
      }
      case "destroy":
        for (const id of this.ids) await this.call("DELETE", `/${id}`);
        this.ids = [];
        return;
    }
  }

  private async call(method: string, path: string, json?: object): Promise<unknown> {
    const answer = await fetch(`${this.emulator.url}/sdk/api-keys${path}`, {
      method,
      headers: { "x-api-key": this.emulator.adminKey, "content-type": "application/json" },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    if (!answer.ok) throw new BenchError(`${method} ${path} answered ${answer.status}`);
    return answer.json();
  }
}
