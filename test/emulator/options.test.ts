import { createEmulator, type EmulatorOptions } from "../../emulator/src/index";
import { CliProcess } from "./cli-process";

const started: CliProcess[] = [];
const run = (args: string[], env: NodeJS.ProcessEnv = {}): CliProcess => {
  const cli = CliProcess.run(args, env);
  started.push(cli);
  return cli;
};
afterEach(async () => {
  for (const cli of started.splice(0)) {
    cli.signal("SIGKILL");
    await cli.exited;
  }
});

test.each<[string, EmulatorOptions, RegExp]>([
  ["an admin key that no header can carry", { adminKey: "schlüssel-schlüssel" }, /printable ASCII/],
  ["an empty admin key", { adminKey: "" }, /at least 12 characters/],
  ["a negative port", { port: -1 }, /port must be a whole number from 0 to 65535, not -1/],
  ["a port that is no number", { port: Number.NaN }, /port/],
  ["less than no keys", { maxKeys: -5 }, /maxKeys/],
  ["half a millisecond", { latencyMs: 0.5 }, /latencyMs/],
  ["a latency that no timer can wait", { latencyMs: 1e12 }, /latencyMs/],
  ["an endless run", { asyncRunMs: Number.POSITIVE_INFINITY }, /asyncRunMs/],
  ["no room for any body", { bodyLimit: 0 }, /bodyLimit/],
  ["no time for any request", { requestTimeoutMs: -1 }, /requestTimeoutMs/],
  ["a rate of nothing", { managementRateLimit: { perSecond: 0 } }, /managementRateLimit/],
  ["a wish that is none", { absentFields: "drop" as "keep" }, /absentFields/],
  ["durable without data", { durable: true }, /durable requires data/],
  ["no host", { host: "" }, /host/],
])("%s is refused by name", async (_what, options, message) => {
  await expect(createEmulator(options)).rejects.toThrow(message);
});

test("everything that is wrong is said at once", async () => {
  await expect(createEmulator({ port: -1, maxKeys: -1 })).rejects.toThrow(/port.*maxKeys/);
});

test.each<[string[], RegExp]>([
  [["--durable"], /--durable requires --data/],
  [["--max-keys", "-1"], /--max-keys/],
  [["--admin-key", "schlüssel-schlüssel"], /printable ASCII/],
  [["--admin-key", ""], /at least 12 characters/],
  [["--host", ""], /host must not be empty/],
  [["--host", "nowhere.invalid", "--port", "0"], /cannot listen on nowhere\.invalid/],
])("the flags %p are refused in one line", async (args, line) => {
  const cli = run(args);
  expect((await cli.exited).code).toBe(1);
  expect(cli.output).toMatch(line);
  expect(cli.output.trimEnd().split("\n")).toHaveLength(1);
});

test("an empty admin key in the environment is as good as none", async () => {
  const cli = run(["--port", "0"], { AIXPLAIN_EMULATOR_ADMIN_KEY: "" });
  await cli.listening();
  expect(cli.output).toMatch(/^admin key: [0-9a-f]{64}$/m);
});

test("an address that other machines reach is warned of and printed, loopback is not", async () => {
  const open = run(["--port", "0", "--host", "0.0.0.0"]);
  const { port } = new URL(await open.listening());
  expect(open.output).toMatch(/warning: --host 0\.0\.0\.0 accepts connections from other machines/);
  expect(open.output).toContain(`:${port}`);
  const own = run(["--port", "0", "--host", "localhost"]);
  await own.listening();
  expect(own.output).not.toContain("warning");
});
