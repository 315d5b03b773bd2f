import { type HostOptions, HostProcess } from "../harness/host-process";

/** Host processes that tests share: each serves one test at a time, and no more are started than `most`. */
export class HostPool {
  private readonly all: Promise<HostProcess>[] = [];
  private readonly free: HostProcess[] = [];
  private readonly waiting: ((host: HostProcess) => void)[] = [];

  constructor(
    private readonly most: number,
    private readonly how: HostOptions = {},
  ) {}

  async use<T>(work: (host: HostProcess) => Promise<T>): Promise<T> {
    const host = this.free.pop() ?? (await this.another());
    try {
      return await work(host);
    } finally {
      const next = this.waiting.shift();
      if (next) next(host);
      else this.free.push(host);
    }
  }

  async stop(): Promise<void> {
    await Promise.all((await Promise.all(this.all)).map((host) => host.stop()));
  }

  private another(): Promise<HostProcess> {
    if (this.all.length >= this.most) return new Promise((take) => this.waiting.push(take));
    const starting = HostProcess.start(this.how);
    this.all.push(starting);
    return starting;
  }
}
