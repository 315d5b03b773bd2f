import { exportedKeys } from "./exported-keys";
import type { CliProject, Told } from "./project";

const LIVE = /^bot-generation-(.+)-[0-9a-f]{7}$/;

/** A consumer that is restarted where its key changes, and then calls a model with it. */
const CONSUMER = `
const consumer = {
  async diff(id, olds, news) { return { changes: olds.key !== news.key || olds.version !== news.version }; },
  async create(inputs) { return { id: "service", outs: await consumer.start(inputs) }; },
  async update(id, olds, news) { return { outs: await consumer.start(news) }; },
  async start(inputs) {
    if (inputs.version === "broken") throw new Error("the service does not start");
    const answer = await fetch(inputs.url, {
      method: "POST",
      headers: { "x-api-key": inputs.key, "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello" }),
    });
    if (answer.status !== 200) throw new Error("the service was turned away with " + answer.status);
    return inputs;
  },
};
class Service extends pulumi.dynamic.Resource {
  constructor(name, args) { super(consumer, name, args, { additionalSecretOutputs: ["key"] }); }
}
`;

interface Change {
  readonly more?: string;
  /** What the consumer runs: `broken` does not start. */
  readonly version?: string;
}

/** A program with a rotating key and its consumer, and what it does to the platform day by day. */
export class RotationWalk {
  constructor(private readonly project: CliProject) {}

  /** The ids of the generations whose keys the platform has. */
  live(): string[] {
    return this.project.emulator.controls
      .keys()
      .flatMap(({ name }) => LIVE.exec(name)?.[1] ?? [])
      .sort();
  }

  /** The access key of a generation. */
  keyOf(generation: string): string {
    const found = this.project.emulator.controls
      .keys()
      .find(({ name }) => LIVE.exec(name)?.[1] === generation);
    if (!found) throw new Error(`the platform has no key of generation ${generation}`);
    return found.accessKey;
  }

  async call(accessKey: string): Promise<number> {
    const { status } = await fetch(this.url, {
      method: "POST",
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello" }),
    });
    return status;
  }

  declare({ more = "", version = "1" }: Change = {}): void {
    const { project } = this;
    project.program(`${CONSUMER}
const { RotatingApiKey } = require("${project.package}");
const bot = new RotatingApiKey("bot", { anchor: "2030-01-01", every: 30, overlap: 7, budgetPerGeneration: 100000, ${more} });
new Service("service", { key: bot.current, version: "${version}", url: "${this.url}" });
const { current, previous, generation, rotatesAt, previousRetiresAt, previousUsedToday } = bot;
module.exports = { current, previous, generation, rotatesAt, previousRetiresAt, previousUsedToday };`);
  }

  preview(now: string, env = {}): Promise<Told> {
    return this.run(["preview"], now, env);
  }

  up(now: string, env = {}): Promise<Told> {
    return this.run(["up", "--yes", "--skip-preview"], now, env);
  }

  /** What the last run wrote on the platform, and the calls of the consumer, in their order. */
  did(): string[] {
    const { controls } = this.project.emulator;
    const words: Record<string, string> = { POST: "create", DELETE: "delete", PUT: "update" };
    return controls.requests().flatMap(({ method, path }) => {
      if (path.includes("execute")) return ["call"];
      return words[method] ?? [];
    });
  }

  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.project.must(["stack", "output", "--json", "--show-secrets"])) as Record<
      string,
      unknown
    >;
  }

  /** The logical names of the keys in the state. */
  async held(): Promise<string[]> {
    return exportedKeys(await this.project.exportedState()).map(({ urn }) => urn.split("::").at(-1) ?? "");
  }

  private get url(): string {
    return `${this.project.emulator.modelsRunUrl}/6661df926d36df3b878e0697`;
  }

  private async run(args: readonly string[], now: string, env: object): Promise<Told> {
    const { controls } = this.project.emulator;
    controls.clock.set(now);
    controls.requests.clear();
    return this.project.run(args, { AIXPLAIN_NOW: now, ...env });
  }
}
