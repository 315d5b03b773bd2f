import { descendantsOf } from "../../tools/pulumi-cli/descendants";
import { ProcessError, ProcessTimeoutError } from "../../tools/pulumi-cli/errors";
import { run } from "../../tools/pulumi-cli/process";

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

  test("leaves no listener on this process", async () => {
    await node("");
    for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "exit"]) {
      expect(
        process
          .listeners(event as "exit")
          .map(String)
          .join(),
      ).not.toContain("killTree");
    }
  });
});

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
