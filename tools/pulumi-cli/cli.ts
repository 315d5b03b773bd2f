import { delimiter, dirname } from "node:path";
import { type Installation, pathKey } from "./installation";
import { type RunOptions, type RunResult, run } from "./process";

/** Additional environment variables. `undefined` removes one. */
export type Overrides = Readonly<Record<string, string | undefined>>;

export interface PulumiRunOptions extends Omit<RunOptions, "env"> {
  readonly env?: Overrides;
}

/** A Pulumi CLI that was verified to run programs. */
export class PulumiCli {
  constructor(
    private readonly installation: Installation,
    readonly version: string,
  ) {}

  get origin(): Installation["origin"] {
    return this.installation.origin;
  }

  get pulumi(): string {
    return this.installation.pulumi;
  }

  get bin(): string {
    return dirname(this.installation.pulumi);
  }

  /**
   * The environment for a child that runs Pulumi: the CLI and its companions first on PATH, no update check, no plugin
   * download.
   */
  env(overrides: Overrides = {}, base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
    const key = pathKey(base);
    const env: NodeJS.ProcessEnv = {
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...base,
      [key]: [...this.installation.path, ...(base[key] ? [base[key]] : [])].join(delimiter),
    };
    for (const [name, value] of Object.entries(overrides)) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
    return env;
  }

  /** Runs `pulumi`. Adds no arguments: pass `--non-interactive` and `--yes` yourself. */
  run(args: readonly string[], options: PulumiRunOptions = {}): Promise<RunResult> {
    return run(this.installation.pulumi, args, { ...options, env: this.env(options.env) });
  }
}
