import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TemporaryBackend } from "../../tools/pulumi-cli/temporary-backend";
import type { EmulatorProcess, RequestCounts } from "../emulator-process";
import { BenchError } from "../errors";
import type { Operation, Run, Setting } from "./model";
import { ProviderWatch } from "./process-watch";

const ROOT = join(__dirname, "..", "..");
const PROGRAMS = join(__dirname, "..", "programs");

const COMMANDS: Readonly<Record<Operation, readonly string[]>> = {
  create: ["up", "--yes", "--skip-preview"],
  "no-op preview": ["preview", "--expect-no-changes"],
  refresh: ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  "one-key change": ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};

export interface StackOptions {
  readonly setting: Setting;
  readonly backend: TemporaryBackend;
  /** Absent for the inert provider. */
  readonly emulator?: EmulatorProcess | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

/** A stack of the bench on a real engine. */
export class BenchStack {
  private changed = false;
  private readonly directory: string;
  private readonly project: string;

  constructor(
    name: string,
    private readonly options: StackOptions,
  ) {
    const { setting, backend } = options;
    this.project = `bench-${name}`;
    this.directory = join(backend.directory, this.project);
    const modules = join(this.directory, "node_modules");
    mkdirSync(modules, { recursive: true });
    symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(modules, "@pulumi"), "dir");
    symlinkSync(ROOT, join(modules, "pulumi-aixplain"), "dir");
    symlinkSync(join(PROGRAMS, "inert-provider"), join(modules, "inert-provider"), "dir");
    for (const file of [`${setting.subject}.js`, "declaration.js"]) {
      cpSync(join(PROGRAMS, file), join(this.directory, file));
    }
    const main = { name: this.project, private: true, main: `${setting.subject}.js` };
    writeFileSync(join(this.directory, "package.json"), JSON.stringify(main));
    // Plain JavaScript, so that no compiler is measured.
    const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
    const plugins =
      "plugins:\n  providers:\n    - name: aixplain\n      path: node_modules/pulumi-aixplain/plugin\n";
    writeFileSync(
      join(this.directory, "Pulumi.yaml"),
      `name: ${this.project}\n${runtime}${setting.subject === "plugin" ? plugins : ""}`,
    );
  }

  async init(): Promise<void> {
    await this.pulumi(["stack", "init", "dev"]);
    await this.options.emulator?.takeRequests();
  }

  async run(operation: Operation): Promise<Run> {
    // Alternates, so that every repetition changes something.
    if (operation === "one-key change") this.changed = !this.changed;
    const watch = new ProviderWatch();
    const started = performance.now();
    try {
      await this.pulumi([...COMMANDS[operation], "--suppress-outputs", ...(this.options.flags ?? [])]);
    } finally {
      watch.stop();
    }
    const wallMs = performance.now() - started;
    const requests: RequestCounts = (await this.options.emulator?.takeRequests()) ?? {};
    return { wallMs, requests, ...watch.use };
  }

  stateFile(): string {
    const { directory } = this.options.backend;
    return readFileSync(join(directory, "state", ".pulumi", "stacks", this.project, "dev.json"), "utf8");
  }

  private async pulumi(args: readonly string[]): Promise<void> {
    const { setting, backend, emulator, env } = this.options;
    const { code, stdout, stderr } = await backend.run([...args, "--non-interactive"], {
      cwd: this.directory,
      env: {
        AIXPLAIN_API_KEY: emulator?.adminKey ?? "",
        BACKEND_URL: emulator?.url ?? "",
        BENCH_KEYS: String(setting.keys),
        BENCH_CHANGED: String(this.changed),
        ...(setting.checkpoints ? {} : { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" }),
        ...env,
      },
    });
    if (code !== 0) {
      throw new BenchError(
        `pulumi ${args.join(" ")} ended with ${code}:\n${`${stdout}\n${stderr}`.slice(-4000)}`,
      );
    }
  }
}
