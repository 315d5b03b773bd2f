/** One line of the server's log: time, name, status, duration, client, method, path, two more. */
const REQUEST = /\| +\d{3} \|.*\| *(GET|PUT|HEAD|POST|DELETE) *\| (\S+) \|/;

export type StorageCounts = Readonly<
  Record<"requests" | "lists" | "checkpoints" | "backups" | "locks", number>
>;

const NONE: StorageCounts = { requests: 0, lists: 0, checkpoints: 0, backups: 0, locks: 0 };

/** Pulumi's requests to the S3 server. */
export class StorageTally {
  private counts = NONE;

  /** Returns whether the line is a request. */
  add(line: string): boolean {
    const [, method, path = ""] = REQUEST.exec(line) ?? [];
    if (method === undefined) return false;
    const isPut = method === "PUT";
    const { requests, lists, checkpoints, backups, locks } = this.counts;
    this.counts = {
      requests: requests + 1,
      lists: lists + (method === "GET" && !path.includes("/.pulumi/") ? 1 : 0),
      checkpoints: checkpoints + (isPut && /\/stacks\/.*\.json(\.gz)?$/.test(path) ? 1 : 0),
      backups: backups + (isPut && path.endsWith(".bak") ? 1 : 0),
      locks: locks + (isPut && path.includes("/.pulumi/locks/") ? 1 : 0),
    };
    return true;
  }

  /** The requests since the last call. */
  take(): StorageCounts {
    const { counts } = this;
    this.counts = NONE;
    return counts;
  }
}
