import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { WireKey, WireUsage } from "../../emulator/src/wire/shapes";
import { ADMIN_KEY, CliProcess, call } from "./cli-process";

const GUIDE_MODEL = "6661df926d36df3b878e0697";
let directory: string;
const started: CliProcess[] = [];
const run = (args: string[], env: NodeJS.ProcessEnv = {}): CliProcess => {
  const cli = CliProcess.run(args, env);
  started.push(cli);
  return cli;
};
const write = (name: string, content: unknown): string => {
  const path = join(directory, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "emulator-command-"));
});
afterEach(async () => {
  for (const cli of started.splice(0)) {
    cli.signal("SIGKILL");
    await cli.exited;
  }
  rmSync(directory, { recursive: true, force: true });
});

describe("exec", () => {
  const node = (script: string) => ["--", process.execPath, "-e", script];

  test("runs a command with the environment of the SDK and the provider, and stops", async () => {
    const script = `
      const { BACKEND_URL, MODELS_RUN_URL, AIXPLAIN_API_KEY, AIXPLAIN_ALLOW_INSECURE_URLS } = process.env;
      fetch(BACKEND_URL + "/sdk/api-keys", { headers: { "x-api-key": AIXPLAIN_API_KEY } })
        .then((answer) => answer.json())
        .then((keys) => console.log(JSON.stringify({ BACKEND_URL, MODELS_RUN_URL, AIXPLAIN_ALLOW_INSECURE_URLS, keys })))`;
    const cli = run(["exec", ...node(script)]);
    expect(await cli.exited).toEqual({ code: 0, signal: null });
    const said = JSON.parse(cli.output);
    expect(said).toMatchObject({
      MODELS_RUN_URL: `${said.BACKEND_URL}/api/v1/execute`,
      AIXPLAIN_ALLOW_INSECURE_URLS: "1",
      keys: [{ name: "Admin" }],
    });
    await expect(fetch(said.BACKEND_URL)).rejects.toThrow();
  });

  test.each([
    ["its status", node("process.exit(7)"), 7],
    ["128 and the signal that killed it", node("process.kill(process.pid, 'SIGKILL')"), 137],
    ["127 for a command that is not there", ["--", "no-such-command-anywhere"], 127],
    ["126 for one that cannot be run", ["--", "/"], 126],
  ])("exits with %s", async (_what, args, code) => {
    expect((await run(["exec", ...args]).exited).code).toBe(code);
  });

  test.each(["SIGTERM", "SIGHUP"] as const)("passes %s on to the command, and stops", async (signal) => {
    const cli = run(["exec", ...node("console.log('pid', process.pid); setInterval(() => {}, 1000)")]);
    const pid = await cli.said(/pid (\d+)\n/);
    cli.signal(signal);
    expect((await cli.exited).code).toBe(128 + constants.signals[signal]);
    expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });

  test("without a command is refused", async () => {
    const cli = run(["exec", "--port", "0"]);
    expect((await cli.exited).code).toBe(1);
    expect(cli.output).toMatch(/exec requires a command/);
  });
});

test("says that it is well to everybody, controls or not", async () => {
  const url = await run(["--port", "0", "--quiet"]).listening();
  const answer = await fetch(`${url}/_emulator/health`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
});

describe("a seed", () => {
  const seed = {
    keys: [
      {
        name: "nearly used up",
        accessKey: "seeded-key-0123456789",
        budget: 100,
        globalLimits: { rpm: 60, rpd: 200, tpd: 1000, tokenType: "output" },
        assetsLimits: [{ assetId: GUIDE_MODEL, rpd: 40 }],
        expiresAt: "midnight",
        used: "95%",
      },
      { name: "fresh" },
    ],
  };
  const NOON = { now: "2026-03-10T12:00:00Z" };

  test("is there at the start, with its limits, its expiry and its use so far", async () => {
    const cli = run(["--port", "0", "--admin-key", ADMIN_KEY, "--seed", write("seed.json", seed), "--quiet"]);
    const url = await cli.listening();
    const { json } = await call<WireKey[]>(url, "GET", "/sdk/api-keys");
    const [, used, fresh] = json;
    expect([used?.name, fresh?.name]).toEqual(["nearly used up", "fresh"]);
    expect(new Date(used?.expiresAt ?? "").getTime() % 86_400_000).toBe(0);
    const rows = (await call<WireUsage[]>(url, "GET", `/sdk/api-keys/${used?.id}/usage-limits`)).json;
    expect(rows).toEqual([
      { requestCount: 190, requestCountLimit: 200, tokenCount: 950, tokenCountLimit: 1000 },
      {
        assetId: GUIDE_MODEL,
        requestCount: 38,
        requestCountLimit: 40,
        tokenCount: 0,
        tokenCountLimit: null,
      },
    ]);
    const statuses: number[] = [];
    for (let at = 0; at < 3; at += 1) {
      const { status } = await call(
        url,
        "POST",
        `/api/v2/execute/${GUIDE_MODEL}`,
        { data: "" },
        "seeded-key-0123456789",
      );
      statuses.push(status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    expect(cli.output).toMatch(/^key "fresh": [0-9a-f]{64}$/m);
    expect(cli.output).not.toContain("seeded-key-0123456789");
  });

  test("changes no key that was kept", async () => {
    const flags = [
      ...["--port", "0", "--admin-key", ADMIN_KEY, "--quiet", "--controls"],
      ...["--data", join(directory, "data"), "--seed", write("seed.json", seed)],
    ];
    const first = run(flags);
    const url = await first.listening();
    await call(url, "PUT", "/_emulator/clock", NOON);
    const { json } = await call<WireKey[]>(url, "GET", "/sdk/api-keys");
    await call(url, "PUT", `/sdk/api-keys/${json[2]?.id}`, { budget: 7 });
    first.signal("SIGTERM");
    await first.exited;
    const again = await call<WireKey[]>(await run(flags).listening(), "GET", "/sdk/api-keys");
    expect(again.json.map(({ name, budget }) => [name, budget])).toEqual([
      ["Admin", null],
      ["nearly used up", 100],
      ["fresh", 7],
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /--seed .*cannot be read/],
    ["a share that is none", { keys: [{ name: "k", used: "much" }] }, /keys\.0\.used: is not a percentage/],
    ["an unknown field", { keys: [{ name: "k", bugdet: 1 }] }, /bugdet/],
    ["a date that is none", { keys: [{ name: "k", expiresAt: "soon" }] }, /expiresAt/],
    ["two keys of one name", { keys: [{ name: "k" }, { name: "k" }] }, /"k" already exists/],
  ])("with %s is refused in one line", async (_what, content, message) => {
    const cli = run(["--port", "0", "--seed", write("seed.json", content)]);
    expect((await cli.exited).code).toBe(1);
    expect(cli.output).toMatch(message);
    expect(cli.output.trimEnd().split("\n")).toHaveLength(1);
  });
});

test("a catalogue from a file is the whole catalogue", async () => {
  const catalogue = write("models.json", [{ id: "mine", path: "me/mine/here", inputPrice: 2 }]);
  const cli = run(["--port", "0", "--admin-key", ADMIN_KEY, "--quiet", "--catalogue", catalogue]);
  const url = await cli.listening();
  expect((await call<{ id: string }>(url, "GET", "/v2/models/me%2Fmine%2Fhere")).json.id).toBe("mine");
  expect((await call(url, "GET", `/sdk/models/${GUIDE_MODEL}`)).status).toBe(404);
  const broken = run(["--port", "0", "--catalogue", write("broken.json", [{ path: "a/b" }])]);
  expect((await broken.exited).code).toBe(1);
  expect(broken.output).toMatch(/0\.id/);
});

test("what is assumed of the service can be turned over by a flag", async () => {
  const flags = ["--port", "0", "--admin-key", ADMIN_KEY, "--quiet", "--admin-key-in-list", "hidden"];
  const url = await run(flags).listening();
  expect((await call(url, "GET", "/sdk/api-keys")).json).toEqual([]);
  const wrong = run(["--zero-means", "much"]);
  expect((await wrong.exited).code).toBe(1);
  expect(wrong.output).toMatch(/--zero-means requires nothing or unlimited, not "much"/);
});
