import { z } from "zod";
import type { PulumiRunOptions, RunResult } from "../pulumi-cli";

type RunPulumi = (args: readonly string[], options?: PulumiRunOptions) => Promise<RunResult>;

const usageReading = z.object({
  used: z.number(),
  limit: z.number().optional(),
  remaining: z.number().optional(),
});
const scope = z.object({ requests: usageReading, tokens: usageReading });

const guideOutputs = z.object({
  keyId: z.string(),
  accessKey: z.string(),
  usage: z.object({ total: scope, models: z.record(z.string(), scope) }),
  modelUsage: scope,
});

export type GuideOutputs = z.infer<typeof guideOutputs>;

export interface CommandResult {
  readonly text: string;
  readonly ok: boolean;
}

export class GuideStack {
  constructor(
    private readonly pulumi: RunPulumi,
    private readonly directory: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  async init(adminKey: string, backendUrl: string): Promise<void> {
    await this.must(["stack", "init", "demo"]);
    await this.must(["config", "set", "aixplain:backendUrl", backendUrl]);
    await this.must(["config", "set", "--secret", "aixplain:apiKey", adminKey]);
  }

  preview(...flags: string[]): Promise<CommandResult> {
    return this.run(["preview", "--non-interactive", "--suppress-outputs", ...flags]);
  }

  up(...flags: string[]): Promise<CommandResult> {
    return this.run(["up", "--yes", "--skip-preview", "--non-interactive", ...flags]);
  }

  destroy(): Promise<CommandResult> {
    return this.run(["destroy", "--yes", "--skip-preview", "--non-interactive"]);
  }

  async exportedState(): Promise<string> {
    return (await this.must(["stack", "export"])).stdout;
  }

  async outputs(): Promise<GuideOutputs> {
    return guideOutputs.parse(
      JSON.parse((await this.must(["stack", "output", "--json", "--show-secrets"])).stdout),
    );
  }

  private async run(args: readonly string[]): Promise<CommandResult> {
    const { code, stdout, stderr } = await this.pulumi(args, { cwd: this.directory, env: this.env });
    return { text: `${stdout}\n${stderr}`, ok: code === 0 };
  }

  private async must(args: readonly string[]): Promise<RunResult> {
    const result = await this.pulumi(args, { cwd: this.directory, env: this.env });
    if (result.code !== 0)
      throw new Error(`pulumi ${args[0]} ${args[1]} failed: ${result.stderr || result.stdout}`);
    return result;
  }
}
