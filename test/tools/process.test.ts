import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descendantsOf } from "../../tools/pulumi-cli/descendants";
import { ProcessError, ProcessTimeoutError } from "../../tools/pulumi-cli/errors";
import { run } from "../../tools/pulumi-cli/process";
import { until } from "../cli/running";

const ROOT = join(__dirname, "..", "..");

const node = (program: string, options = {}) => run(process.execPath, ["-e", program], options);

describe("running a program", () => {
  test("a non-zero exit code is an answer, with both outputs", async () => {
    const seen: string[] = [];
    const result = await node(
      "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3",
      {
        onOutput: (chunk: string, stream: string) => seen.push(`${stream}:${chunk}`),
      },
    );
    expect(result).toEqual({ code: 3, stdout: "out", stderr: "err" });
    expect(seen.sort()).toEqual(["stderr:err", "stdout:out"]);
  });

  test("arguments reach it as they are, through no shell", async () => {
    const { stdout } = await run(process.execPath, ["-p", "process.argv[1]", "$HOME; `true` *"]);
    expect(stdout.trim()).toBe("$HOME; `true` *");
  });

  test("a signal is told as a shell tells it", async () => {
    expect((await node("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)")).code).toBe(143);
  });

  test("one that is not there is an error that names it", async () => {
    const error = await run("no-such-program", ["x"]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProcessError);
    expect(error).toMatchObject({ message: expect.stringContaining("no-such-program x did not start") });
    expect(error).toMatchObject({ cause: { code: "ENOENT" } });
  });

  test("after the timeout it is interrupted, and the error holds what it has said so far", async () => {
    const program = "process.stdout.write('begun'); setInterval(() => {}, 1000)";
    const error = await node(program, { timeoutMs: 300 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProcessTimeoutError);
    expect(error).toMatchObject({
      stdout: "begun",
      message: expect.stringContaining("took longer than 0.3 s"),
    });
  });

  test("an abort stops it, and its reason is the error's cause", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const promise = node("process.stdout.write('up'); setInterval(() => {}, 1000)", {
      signal: abort.signal,
      onOutput: () => abort.abort(reason),
    });
    await expect(promise).rejects.toMatchObject({ name: "ProcessError", cause: reason });
  });

  test("what ignores the interrupt is killed with all its descendants, in whatever group", async () => {
    const stubborn = "process.on('SIGINT', () => {}); setInterval(() => {}, 1000); ";
    const program = `${stubborn}
      const { pid } = require("node:child_process").spawn(
        process.execPath, ["-e", ${JSON.stringify(stubborn)}], { detached: true, stdio: "ignore" });
      process.stdout.write(String(pid));`;
    const error: unknown = await node(program, { timeoutMs: 500 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProcessTimeoutError);
    const descendant = Number((error as ProcessTimeoutError).stdout);
    expect(descendant).toBeGreaterThan(0);
    await until(() => !isAlive(descendant), "the descendant ends", 10_000);
  });

  test("a signal that ends this process reaches the program, which may still put its things in order", async () => {
    const directory = mkdtempSync(join(tmpdir(), "process-"));
    const told = join(directory, "told");
    const program = `
      require("node:fs").writeFileSync(${JSON.stringify(join(directory, "begun"))}, "");
      setInterval(() => {}, 1000);
      process.on("SIGTERM", () => { require("node:fs").writeFileSync(${JSON.stringify(told)}, ""); process.exit(); });`;
    const script = `require("./tools/pulumi-cli/process.ts").run(process.execPath, ["-e", ${JSON.stringify(program)}])`;
    const parent = spawn(process.execPath, ["--require", "tsx/cjs", "-e", script], { cwd: ROOT });
    const exited = once(parent, "exit");
    await until(() => existsSync(join(directory, "begun")), "the program begins", 10_000);
    parent.kill("SIGTERM");
    expect(await exited).toEqual([null, "SIGTERM"]);
    await until(() => existsSync(told), "the program hears of it", 10_000);
    rmSync(directory, { recursive: true });
  });

  test("leaves no listener on this process", async () => {
    const listeners = () =>
      (["SIGINT", "SIGTERM", "SIGHUP"] as const).map((signal) => process.listenerCount(signal));
    const before = listeners();
    await node("");
    expect(listeners()).toEqual(before);
  });
});

/** Not a zombie either: in a container nobody may collect it. */
const isAlive = (pid: number): boolean =>
  spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" })
    .stdout.replace(/^Z.*/, "")
    .trim() !== "";

test("descendants are found through every generation", () => {
  const parents = new Map([
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 1],
    [9, 8],
  ]);
  expect(descendantsOf(2, parents)).toEqual([3, 4]);
  expect(descendantsOf(1, parents).sort()).toEqual([2, 3, 4, 5]);
});
