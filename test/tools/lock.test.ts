import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
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
  test("lets one work at a time, and tells the other whom it waits for", async () => {
    const log: string[] = [];
    let finish: () => void = never;
    const first = withLock(file, never, async () => {
      log.push("first begins");
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      log.push("first ends");
    });
    const second = withLock(
      file,
      (owner) => {
        log.push(`second waits for ${owner}`);
        finish();
      },
      async () => log.push("second works"),
    );
    await Promise.all([first, second]);
    expect(log).toEqual([
      "first begins",
      `second waits for process ${process.pid}`,
      "first ends",
      "second works",
    ]);
  });

  test("of a process that is gone holds nobody up", async () => {
    await withLock(file, never, async () => undefined);
    writeFileSync(file, `99999999 ${hostname()}`);
    expect(await withLock(file, never, async () => "worked")).toBe("worked");
  });

  test("is released when the work fails", async () => {
    await expect(withLock(file, never, () => Promise.reject(new Error("work")))).rejects.toThrow("work");
    expect(existsSync(file)).toBe(false);
  });
});
