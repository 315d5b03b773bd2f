import { once } from "node:events";
import { connect } from "node:net";
import { ADMIN_KEY, CliProcess, call } from "./cli-process";

const GUIDE_MODEL = "6661df926d36df3b878e0697";
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

test("it says where it listens, logs one line per request without secrets, and stops at SIGTERM", async () => {
  const cli = run(["--port", "0", "--admin-key", ADMIN_KEY]);
  const url = await cli.listening();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { json } = await call<{ accessKey: string }>(url, "POST", "/sdk/api-keys", { name: "k" });
  await call(url, "POST", `/api/v2/execute/${GUIDE_MODEL}`, { data: "hi" }, json.accessKey);
  await call(url, "GET", `/sdk/x/${json.accessKey}`, undefined, json.accessKey);
  expect((await call(url, "POST", "/_emulator/reset")).status).toBe(404);
  cli.signal("SIGTERM");
  expect(await cli.exited).toEqual({ code: 0, signal: null });
  const lines = cli.output.trimEnd().split("\n");
  expect(lines[0]).toBe(`aixplain emulator listening on ${url}`);
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^POST \/sdk\/api-keys 201 [\d.]+ms x-api-key cli-\*+0123$/),
    expect.stringMatching(/^POST \/api\/v2\/execute\/\w+ 200 /),
    expect.stringMatching(/^GET \/sdk\/x\/\S{4}\*+\S{4} 501 /),
  ]);
  expect(cli.output).not.toContain(ADMIN_KEY);
  expect(cli.output).not.toContain(json.accessKey);
});

test("it stops at SIGINT while a client keeps its connection open", async () => {
  const cli = run(["--port", "0", "--admin-key", ADMIN_KEY, "--quiet"]);
  await call(await cli.listening(), "GET", "/sdk/api-keys");
  cli.signal("SIGINT");
  expect(await cli.exited).toEqual({ code: 0, signal: null });
});

test("it stops at SIGTERM though a request is still on its way in and a connection says nothing", async () => {
  const cli = run(["--port", "0", "--admin-key", ADMIN_KEY, "--quiet"]);
  const { hostname, port } = new URL(await cli.listening());
  const sockets = await Promise.all(
    [0, 1].map(async () => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on("error", () => undefined);
      await once(socket, "connect");
      return socket;
    }),
  );
  sockets[0]?.write(
    "POST /sdk/api-keys HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{",
  );
  cli.signal("SIGTERM");
  expect(await cli.exited).toEqual({ code: 0, signal: null });
  for (const socket of sockets) socket.destroy();
}, 10_000);

test("without an admin key it makes one up and says so; one from the environment it does not repeat", async () => {
  const cli = run(["--port", "0"]);
  const url = await cli.listening();
  const adminKey = /^admin key: ([0-9a-f]{64})$/m.exec(cli.output)?.[1];
  expect((await call(url, "GET", "/sdk/api-keys", undefined, adminKey)).status).toBe(200);
  const other = run(["--port", "0", "--controls"], { AIXPLAIN_EMULATOR_ADMIN_KEY: ADMIN_KEY });
  const otherUrl = await other.listening();
  expect((await call(otherUrl, "POST", "/_emulator/reset")).status).toBe(200);
  expect(other.output).not.toContain(ADMIN_KEY);
});

test("a taken port is one clear line", async () => {
  const first = run(["--port", "0", "--admin-key", ADMIN_KEY]);
  const { port } = new URL(await first.listening());
  const second = run(["--port", port, "--admin-key", ADMIN_KEY]);
  expect((await second.exited).code).toBe(1);
  expect(second.output).toBe(
    `aixplain emulator: cannot listen on 127.0.0.1:${port}: the port is in use; choose another one, or 0 for a free one\n`,
  );
});

test.each([
  [["--prot", "1"], /Unknown option '--prot'/],
  [["extra"], /Unexpected argument 'extra'/],
  [["--port", "x"], /--port requires a whole number from 0 to 65535, not "x"/],
  [["--port", "70000"], /--port requires a whole number/],
  [["--admin-key", "short"], /admin key must have at least 12 characters/],
  [["--data", ""], /--data requires a path/],
])("%p is refused in one line", async (args, line) => {
  const cli = run(args);
  expect((await cli.exited).code).toBe(1);
  expect(cli.output).toMatch(line);
  expect(cli.output.trimEnd().split("\n")).toHaveLength(1);
});

test("--help tells every flag and ends", async () => {
  const cli = run(["--help"]);
  expect((await cli.exited).code).toBe(0);
  for (const flag of ["port", "host", "admin-key", "data", "durable", "controls", "max-keys", "quiet"]) {
    expect(cli.output).toContain(`--${flag}`);
  }
});
