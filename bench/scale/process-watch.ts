import { readFileSync } from "node:fs";
import { descendantsOf } from "../../tools/pulumi-cli/descendants";

/** What a process has needed, as far as it was seen; nothing where the system has no `/proc`. */
export interface ProcessUse {
  readonly peakBytes: number | undefined;
  readonly cpuMs: number | undefined;
}

const SEARCH_MS = 100;
const SAMPLE_MS = 40;
/** `USER_HZ`: what Linux counts the time of a process in, on every platform that Node.js runs on. */
const MS_PER_TICK = 10;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/** Follows the provider process of a Pulumi run: the Node.js process that runs Pulumi's dynamic provider host. */
export class ProviderWatch {
  private pid: number | undefined;
  private peakBytes: number | undefined;
  private cpuMs: number | undefined;
  private timer: NodeJS.Timeout;

  constructor() {
    this.timer = this.later();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** What was seen so far. */
  get use(): ProcessUse {
    return { peakBytes: this.peakBytes, cpuMs: this.cpuMs };
  }

  private later(): NodeJS.Timeout {
    return setTimeout(
      () => {
        if (this.pid === undefined) this.pid = find();
        if (this.pid !== undefined) this.sample(this.pid);
        this.timer = this.later();
      },
      this.pid === undefined ? SEARCH_MS : SAMPLE_MS,
    );
  }

  private sample(pid: number): void {
    const peak = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? "");
    if (peak) this.peakBytes = Number(peak[1]) * 1024;
    const stat = read(`/proc/${pid}/stat`);
    const [user, system] =
      stat
        ?.slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .slice(11, 13) ?? [];
    if (user !== undefined && system !== undefined)
      this.cpuMs = (Number(user) + Number(system)) * MS_PER_TICK;
  }
}

/** The bench runs one Pulumi at a time, so the only such process below it is the one. */
function find(): number | undefined {
  if (process.platform !== "linux") return undefined;
  return descendantsOf(process.pid).find((pid) => {
    // `node <path of the host> <address of the engine>`; a shell and a `node -e` that look for the path come before it.
    const [program = "", script = ""] = (read(`/proc/${pid}/cmdline`) ?? "").split("\0");
    return /node[^/]*$/.test(program) && /[\\/]dynamic-provider([\\/]index\.js)?$/.test(script);
  });
}
