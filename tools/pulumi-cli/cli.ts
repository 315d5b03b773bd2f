import { delimiter, dirname } from "node:path";
import { type Installation, pathKey } from "./installation";
import { type RunOptions, type RunResult, run } from "./process";

/** Environment variables on top of others; `undefined` takes one away. */
export type Overrides = Readonly<Record<string, string | undefined>>;

export interface PulumiRunOptions extends Omit<RunOptions, "env"> {
  /** On top of `PulumiCli.env()`, which is this process's own environment made fit for the CLI. */
  readonly env?: Overrides;
}

/** A Pulumi CLI that is known to run programs. */
export class PulumiCli {
  constructor(
    private readonly installation: Installation,
    /** As `pulumi version` says it, without the leading `v`. */
    readonly version: string,
  ) {}

  /** Where it came from: the user's PATH, the official download, or a build from Go modules. */
  get origin(): Installation["origin"] {
    return this.installation.origin;
  }

  /** The executable. */
  get pulumi(): string {
    return this.installation.pulumi;
  }

  /** The directory that the executable stands in. */
  get bin(): string {
    return dirname(this.installation.pulumi);
  }

  /**
   * The environment for a child that runs Pulumi: `base` with the CLI and its companions first on PATH, without update checks and without
   * plugin downloads (no program here needs one, and offline a download is a long wait for nothing).
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

  /**
   * Runs `pulumi` with these arguments to its end; see `run` in process.ts. Nothing is added to the arguments: say `--non-interactive` and
   * `--yes` where they are meant.
   */
  run(args: readonly string[], options: PulumiRunOptions = {}): Promise<RunResult> {
    return run(this.installation.pulumi, args, { ...options, env: this.env(options.env) });
  }
}
