import { readFileSync } from "node:fs";
import { descendantsOf } from "../../tools/pulumi-cli/descendants";

/** Undefined without `/proc`. */
export interface ProcessUse {
  readonly peakBytes: number | undefined;
  readonly cpuMs: number | undefined;
}

const SEARCH_MS = 100;
const SAMPLE_MS = 40;
/** `USER_HZ` of Linux. */
const MS_PER_TICK = 10;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
};

/** Observes the process of Pulumi's dynamic provider host. */
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

/** The bench runs one Pulumi at a time. */
function find(): number | undefined {
  if (process.platform !== "linux") return undefined;
  return descendantsOf(process.pid).find((pid) => {
    // Not a shell or a `node -e` that only names the path.
    const [program = "", script = ""] = (read(`/proc/${pid}/cmdline`) ?? "").split("\0");
    return /node[^/]*$/.test(program) && /[\\/]dynamic-provider([\\/]index\.js)?$/.test(script);
  });
}
