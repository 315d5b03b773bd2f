import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLock } from "../../tools/pulumi-cli/lock";

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "lock-")), "there", "x.lock");
});
afterEach(() => rmSync(join(file, "..", ".."), { recursive: true }));

const never = () => {
  throw new Error("there is nobody to wait for");
};

describe("the lock", () => {
  test("lets one work at a time, and tells the other that it waits", async () => {
    const log: string[] = [];
    let finish: () => void = never;
    let begin: () => void = never;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const first = withLock(file, never, async () => {
      log.push("first begins");
      begin();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      log.push("first ends");
    });
    await begun;
    const second = withLock(
      file,
      () => {
        log.push("second waits");
        finish();
      },
      async () => log.push("second works"),
    );
    await Promise.all([first, second]);
    expect(log).toEqual(["first begins", "second waits", "first ends", "second works"]);
  });

  test("of a killed process holds nobody up", async () => {
    const holder = `
      const { lock } = require("proper-lockfile");
      require("node:fs").mkdirSync(require("node:path").dirname(process.argv[1]));
      lock(process.argv[1], { lockfilePath: process.argv[1], realpath: false })
        .then(() => process.kill(process.pid, "SIGKILL"));`;
    expect(spawnSync(process.execPath, ["-e", holder, file]).signal).toBe("SIGKILL");
    expect(existsSync(file)).toBe(true);
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(file, hourAgo, hourAgo);
    expect(await withLock(file, never, async () => "worked")).toBe("worked");
  });

  test("of a process at work is not taken over, and an error other than a taken lock is told", async () => {
    mkdirSync(file, { recursive: true });
    const waits = new Error("waits");
    const onWait = () => {
      throw waits;
    };
    await expect(withLock(file, onWait, never)).rejects.toBe(waits);
    const blocked = join(file, "..", "file");
    writeFileSync(blocked, "");
    await expect(withLock(join(blocked, "x.lock"), never, never)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  test("is released when the work fails", async () => {
    await expect(withLock(file, never, () => Promise.reject(new Error("work")))).rejects.toThrow("work");
    expect(existsSync(file)).toBe(false);
  });
});
