import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WireKey, WireUsage } from "../../emulator/src/wire/shapes";
import { ADMIN_KEY, CLI, CliProcess, call } from "./cli-process";

const GUIDE_MODEL = "6661df926d36df3b878e0697";
const LARGEST_FILE = 64;

let data: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "emulator-full-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(data, { recursive: true, force: true });
});

const args = () => ["--port", "0", "--admin-key", ADMIN_KEY, "--data", data, "--quiet"];

/** An emulator whose files cannot grow any more at some point, as on a full disk. */
function startOnSmallDisk(): Promise<string> {
  const command = `trap '' XFSZ; ulimit -f ${LARGEST_FILE}; exec "$@"`;
  const child = spawn("bash", ["-c", command, "bash", process.execPath, CLI, ...args()]);
  children.push(child);
  let output = "";
  return new Promise((resolve, reject) => {
    const collect = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const url = /listening on (http:\S+)\n/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("exit", () => reject(new Error(output)));
  });
}

test("what could not be written is refused as such, is not there later, and reading goes on", async () => {
  const url = await startOnSmallDisk();
  const made: string[] = [];
  let refused: { status: number; json: { message: string } } | undefined;
  for (let at = 0; at < 500 && refused === undefined; at += 1) {
    const name = `key-${at}-${"x".repeat(200)}`;
    const answer = await call<WireKey & { message: string }>(url, "POST", "/sdk/api-keys", { name });
    if (answer.status === 201) made.push(name);
    else refused = answer;
  }
  expect(made.length).toBeGreaterThan(0);
  expect(refused?.status).toBe(500);
  expect(refused?.json.message).toMatch(/data cannot be written/);
  expect(refused?.json.message).not.toMatch(/bug/);

  const listed = await call<WireKey[]>(url, "GET", "/sdk/api-keys");
  expect(listed.status).toBe(200);
  expect(listed.json.map(({ name }) => name)).toEqual(["Admin", ...made]);

  const [first] = listed.json.filter(({ isAdmin }) => !isAdmin);
  const usage = await call<WireUsage[]>(url, "GET", `/sdk/api-keys/${first?.id}/usage-limits`);
  expect(usage.json[0]?.requestCount).toBe(0);

  // Removing keys makes room, a page of the file at a time: the account goes on by itself.
  const removed = listed.json.filter(({ isAdmin }) => !isAdmin).slice(0, -2);
  for (const { id } of removed) expect((await call(url, "DELETE", `/sdk/api-keys/${id}`)).status).toBe(200);
  expect((await call(url, "POST", "/sdk/api-keys", { name: "room again" })).status).toBe(201);

  children[0]?.kill("SIGKILL");
  const after = CliProcess.run(args());
  const kept = await call<WireKey[]>(await after.listening(), "GET", "/sdk/api-keys");
  expect(kept.json.map(({ name }) => name)).toEqual(["Admin", ...made.slice(-2), "room again"]);
  after.signal("SIGTERM");
  await after.exited;
});

test("a run that could not be counted is refused, and reads that wait beside it are answered", async () => {
  const url = await startOnSmallDisk();
  const { json: runner } = await call<WireKey>(url, "POST", "/sdk/api-keys", { name: "runner" });
  for (let at = 0; ; at += 1) {
    const name = `key-${at}-${"x".repeat(200)}`;
    if ((await call(url, "POST", "/sdk/api-keys", { name })).status !== 201) break;
  }
  const run = () =>
    call<{ message: string }>(url, "POST", `/api/v2/execute/${GUIDE_MODEL}`, { data: "x" }, runner.accessKey);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? run() : call<{ message: string }>(url, "GET", "/sdk/api-keys"),
    ),
  );
  const reads = answers.filter((_answer, at) => at % 2 === 1);
  expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200));
  const admitted = answers.filter(({ status }, at) => at % 2 === 0 && status === 200);
  const rows = (await call<WireUsage[]>(url, "GET", `/sdk/api-keys/${runner.id}/usage-limits`)).json;
  expect(rows[0]?.requestCount).toBe(admitted.length);
});
