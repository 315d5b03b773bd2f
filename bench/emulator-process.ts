import { join } from "node:path";
import type { EmulatorOptions } from "aixplain-emulator";
import { z } from "zod";
import { Child } from "./child";
import { BenchError } from "./errors";

const addresses = z.object({ url: z.string(), syncRunUrl: z.string(), adminKey: z.string() });

const requestLog = z.array(z.object({ route: z.string().optional(), status: z.number() }));

/** The number of calls of the API by name. Refused calls count as `<name> 429`. */
export type RequestCounts = Readonly<Record<string, number>>;

/** An emulator in its own process, with a count of its requests. */
export class EmulatorProcess {
  private constructor(private readonly child: Child<z.infer<typeof addresses>>) {}

  static async start(
    options: Pick<EmulatorOptions, "latencyMs" | "managementRateLimit"> = {},
  ): Promise<EmulatorProcess> {
    return new EmulatorProcess(await Child.start(join(__dirname, "emulator-child.ts"), options, addresses));
  }

  get pid(): number {
    return this.child.pid;
  }

  get url(): string {
    return this.child.answer.url;
  }

  get syncRunUrl(): string {
    return this.child.answer.syncRunUrl;
  }

  get adminKey(): string {
    return this.child.answer.adminKey;
  }

  /** The requests since the last call, counted by route. */
  async takeRequests(): Promise<RequestCounts> {
    const counts: Record<string, number> = {};
    for (const { route = "unknown address", status } of requestLog.parse(await this.control("GET"))) {
      const name = status === 429 ? `${route} 429` : route;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    await this.control("DELETE");
    return counts;
  }

  stop(): Promise<void> {
    return this.child.stop();
  }

  private async control(method: "GET" | "DELETE"): Promise<unknown> {
    const answer = await fetch(`${this.url}/_emulator/requests`, {
      method,
      headers: { "x-api-key": this.adminKey },
    });
    if (!answer.ok) throw new BenchError(`the emulator's request log answered ${answer.status}`);
    return answer.json();
  }
}
