import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type RunResult, run } from "../../../tools/pulumi-cli/process";
import type { CliProject } from "../project";
import { CI, evaluated, workflowOf } from "./workflow";

interface Written {
  readonly body: string;
}

/** What the stand-in for GitHub holds. */
interface Repository {
  readonly issues: (Written & {
    readonly number: number;
    readonly title: string;
    readonly state: string;
    readonly user: { readonly login: string };
  })[];
  readonly comments: (Written & {
    readonly id: number;
    readonly on: number;
    readonly user: { readonly login: string };
  })[];
  readonly deployments: {
    readonly id: number;
    readonly sha: string;
    readonly statuses: readonly { readonly state: string }[];
  }[];
  readonly calls: string[];
}

/** One step of a workflow: its name, its exit code, everything that it said. */
export interface Ran {
  readonly step: string;
  readonly code: number;
  readonly text: string;
}

/** Does in a project what GitHub does in its checkout: the commands of a job's steps, from the workflow's own file. */
export class Runner {
  private readonly file: string;
  private readonly outputs: string;
  private readonly bin: string;
  pullRequest = 1;
  stack = "test";
  adminKey: string;

  constructor(private readonly project: CliProject) {
    const { backend, directory, emulator } = project;
    this.adminKey = emulator.adminKey;
    this.file = join(backend.directory, "github.json");
    this.outputs = join(backend.directory, "outputs.txt");
    this.bin = join(backend.directory, "bin");
    mkdirSync(this.bin);
    copyFileSync(join(__dirname, "gh.cjs"), join(this.bin, "gh"));
    cpSync(join(CI, ".github"), join(directory, ".github"), { recursive: true });
    // `npm ci` empties the folder of the packages: that of the checkout is found one level above.
    rmSync(join(directory, "node_modules"));
    symlinkSync(join(CI, "..", "..", "node_modules"), join(backend.directory, "node_modules"), "junction");
    const lock = { name: "program", lockfileVersion: 3, requires: true, packages: { "": {} } };
    writeFileSync(join(directory, "package-lock.json"), JSON.stringify(lock));
    this.save({ issues: [], comments: [], deployments: [], calls: [] });
  }

  get repository(): Repository {
    return JSON.parse(readFileSync(this.file, "utf8"));
  }

  save(repository: Repository): void {
    writeFileSync(this.file, JSON.stringify(repository));
  }

  /** What a step wrote for the steps after it. */
  get written(): string {
    return readFileSync(this.outputs, "utf8");
  }

  private get values(): Record<string, string> {
    const { backend } = this.project;
    return {
      "matrix.stack": this.stack,
      "github.server_url": "https://github.invalid",
      "github.repository": "acme/keys",
      "github.run_id": "7",
      "github.event.pull_request.number": String(this.pullRequest),
      "github.token": "a-token-of-the-workflow",
      "secrets.AIXPLAIN_API_KEY": this.adminKey,
      "secrets.PULUMI_ACCESS_TOKEN": "",
      "secrets.PULUMI_CONFIG_PASSPHRASE": String(backend.env.PULUMI_CONFIG_PASSPHRASE),
      "vars.PULUMI_BACKEND_URL": String(backend.env.PULUMI_BACKEND_URL),
      "vars.AIXPLAIN_STACKS || '[\"prod\"]'": JSON.stringify([this.stack]),
    };
  }

  /** Runs the commands of a job, up to the first that fails; `only` names the one that is wanted. */
  async job(workflow: string, name: string, only?: string): Promise<readonly Ran[]> {
    const job = workflowOf(workflow).jobs[name];
    if (!job) throw new Error(`${workflow} has no job ${name}`);
    const steps = job.steps.filter(
      (step) => step.run !== undefined && (only === undefined || step.name === only),
    );
    if (steps.length === 0) throw new Error(`${workflow}: ${name} runs nothing`);
    const done: Ran[] = [];
    for (const { name: title, run: command = "", env = {} } of steps) {
      const { code, stdout, stderr } = await this.command(command, env);
      done.push({ step: title ?? command, code, text: stdout + stderr });
      if (code !== 0) break;
    }
    return done;
  }

  private command(command: string, env: Readonly<Record<string, string>>): Promise<RunResult> {
    const { backend, cli, directory, emulator } = this.project;
    const script = join(backend.directory, "step.sh");
    writeFileSync(script, evaluated(command, this.values));
    writeFileSync(this.outputs, "");
    const values = Object.entries(env).map(([key, text]) => [key, evaluated(text, this.values)] as const);
    const environment = cli.env({
      ...backend.env,
      // A step has what its workflow gives it, and nothing else.
      PULUMI_BACKEND_URL: undefined,
      PULUMI_CONFIG_PASSPHRASE: undefined,
      AIXPLAIN_API_KEY: undefined,
      TEAM_API_KEY: undefined,
      GH_TOKEN: undefined,
      BACKEND_URL: emulator.url,
      GITHUB_REPOSITORY: "acme/keys",
      GITHUB_OUTPUT: this.outputs,
      GH_STAND_IN: this.file,
      ...Object.fromEntries(values),
    });
    environment.PATH = `${this.bin}:${environment.PATH}`;
    return run("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: directory,
      env: environment,
      timeoutMs: 10 * 60_000,
    });
  }
}
