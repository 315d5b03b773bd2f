import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { freePort } from "../harness/free-port";
import { ADMIN_KEY, CLI, CliProcess, call } from "./cli-process";

const FULL_DISK = "/dev/full";

/** Asks until the emulator that says nothing is there, or has ended. */
async function untilAnswered(url: string, child: ChildProcess): Promise<number> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    try {
      return (await call(url, "GET", "/sdk/api-keys")).status;
    } catch (error) {
      if ((error as { name?: unknown }).name !== "TypeError") throw error;
    }
  }
}

test("it goes on when whoever reads its output has gone", async () => {
  const cli = CliProcess.run(["--port", "0", "--admin-key", ADMIN_KEY]);
  const url = await cli.listening();
  cli.closeOutput();
  for (let at = 0; at < 20; at += 1) {
    expect((await call(url, "GET", "/sdk/api-keys")).status).toBe(200);
  }
  cli.signal("SIGTERM");
  expect(await cli.exited).toEqual({ code: 0, signal: null });
});

const onLinux = existsSync(FULL_DISK) ? test : test.skip;
onLinux("it goes on when the disk that its output is written to is full", async () => {
  const port = await freePort();
  const full = openSync(FULL_DISK, "w");
  const args = [CLI, "--port", String(port), "--admin-key", ADMIN_KEY];
  const child = spawn(process.execPath, args, { stdio: ["ignore", full, full] });
  closeSync(full);
  try {
    const url = `http://127.0.0.1:${port}`;
    expect(await untilAnswered(url, child)).toBe(200);
    for (let at = 0; at < 20; at += 1) {
      expect((await call(url, "GET", "/sdk/api-keys")).status).toBe(200);
    }
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill("SIGKILL");
  }
});
