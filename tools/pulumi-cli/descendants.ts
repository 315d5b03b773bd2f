import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { codeOf } from "./errors";

/** All descendants of a process. Pulumi starts each plugin in a process group of its own. */
export function descendantsOf(pid: number, parents: ReadonlyMap<number, number> = parentsOfAll()): number[] {
  const found = [pid];
  for (const ancestor of found) {
    for (const [child, parent] of parents) if (parent === ancestor) found.push(child);
  }
  return found.slice(1);
}

function parentsOfAll(): Map<number, number> {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** Slim containers have no `ps`. */
function fromProc(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // "pid (name) state ppid ...": the name may contain anything, so search for the last parenthesis.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const [, parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      parents.set(Number(name), Number(parent));
    } catch (error) {
      // It has ended since the listing.
      if (codeOf(error) !== "ENOENT" && codeOf(error) !== "ESRCH") throw error;
    }
  }
  return parents;
}

function fromPs(): Map<number, number> {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const lines = (stdout ?? "").trim().split("\n");
  return new Map(
    lines.map((line) => line.trim().split(/\s+/).map(Number)).map(([pid = 0, parent = 0]) => [pid, parent]),
  );
}
