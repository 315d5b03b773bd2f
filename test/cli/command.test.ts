import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "aixplain-emulator";
import { run as runCommand } from "../../provider/command/run";
import { run } from "../../tools/pulumi-cli/process";
import { CLI_TIMEOUT_MS, withCliProject } from "./project";

const MAIN = join(__dirname, "..", "..", "dist", "command", "main.js");
const MODEL = "6661df926d36df3b878e0697";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const settings = () => ({ AIXPLAIN_API_KEY: emulator.adminKey, BACKEND_URL: emulator.url });

/** The command as a process, without a terminal. */
const command = (...args: string[]) =>
  run(process.execPath, [MAIN, ...args], { env: { PATH: process.env.PATH, ...settings() } });

async function makeKey(name: string): Promise<{ readonly id: string; readonly accessKey: string }> {
  const answer = await fetch(`${emulator.url}/sdk/api-keys`, {
    method: "POST",
    headers: { "x-api-key": emulator.adminKey, "content-type": "application/json" },
    body: JSON.stringify({
      name,
      budget: 7,
      globalLimits: { tpm: null, tpd: 1000, rpm: null, rpd: null, tokenType: "total" },
      assetsLimits: [{ assetId: MODEL, tpm: null, tpd: null, rpm: 3, rpd: null, tokenType: "total" }],
      expiresAt: "2099-01-31T00:00:00.000000Z",
    }),
  });
  return (await answer.json()) as { id: string; accessKey: string };
}

const use = (accessKey: string) =>
  fetch(`${emulator.modelsRunUrl}/${MODEL}`, {
    method: "POST",
    headers: { "x-api-key": accessKey, "content-type": "application/json" },
    body: JSON.stringify({ data: "Hello", max_tokens: 5 }),
  });

const noPause = async () => false;

const names = () => emulator.controls.keys().map(({ name }) => name);

/** The command in this process, with somebody at the terminal who answers. */
async function asked(answer: string, ...args: string[]) {
  const told: string[] = [];
  const questions: string[] = [];
  const tell = (line: string): void => void told.push(line);
  const ask = async (question: string): Promise<string> => {
    questions.push(`${told.join("\n")}\n${question}`);
    return answer;
  };
  const code = await runCommand(args, { out: tell, err: tell, ask, pause: noPause, env: settings() });
  return { code, text: told.join("\n"), questions };
}

describe("npx pulumi-aixplain delete", () => {
  test("shows the key and asks; without a terminal and without --yes it deletes nothing", async () => {
    const { id, accessKey } = await makeKey("left behind");
    const { code, stdout, stderr } = await command("delete", id);
    expect(code).toBe(2);
    expect(stdout).toContain(`The key "left behind" (${id})`);
    expect(stdout).toContain("budget        7 credits");
    expect(stdout).toContain("expires       2099-01-31");
    expect(stdout).toContain("limits        tokensPerDay 1000");
    expect(stdout).toContain(`limits of ${MODEL}: requestsPerMinute 3`);
    expect(stderr).toContain("used today    no");
    expect(stderr).toContain(
      "nothing was deleted: there is no terminal to ask for confirmation. Add --yes to delete without confirmation",
    );
    expect(`${stdout}${stderr}`).not.toContain(accessKey);
    expect(names()).toContain("left behind");
  });

  test("says loudly before it asks that the key was used today, and takes only yes for an answer", async () => {
    const { id, accessKey } = await makeKey("in use");
    expect((await use(accessKey)).status).toBe(200);
    for (const answer of ["", "y", "no", id]) {
      const { code, text, questions } = await asked(answer, "delete", id);
      expect({ code, last: text.split("\n").at(-1) }).toEqual({
        code: 8,
        last: "pulumi-aixplain: nothing was deleted",
      });
      expect(questions).toHaveLength(1);
      expect(questions[0]).toMatch(
        /WARNING: THIS KEY WAS USED TODAY \(1 requests, \d+ tokens since midnight UTC\)/,
      );
    }
    expect(names()).toContain("in use");
    expect(await asked("yes", "delete", id)).toMatchObject({
      code: 0,
      text: expect.stringContaining("is deleted."),
    });
    expect(names()).not.toContain("in use");
  });

  test("warns where the use cannot be read, for then somebody may depend on the key", async () => {
    const { id } = await makeKey("unknown use");
    emulator.controls.faults.add({ kind: "status", status: 403, route: "keyUsage" });
    const { questions } = await asked("no", "delete", id);
    expect(questions[0]).toContain("WARNING: today's usage could not be read");
  });

  test("deletes without asking where --yes is given, and says no such key the second time, with exit code 1", async () => {
    const { id } = await makeKey("left behind");
    expect(await command("delete", id, "--yes")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("is deleted."),
    });
    expect(names()).not.toContain("left behind");
    const again = await command("delete", id, "--yes");
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("no such key") });
    expect(again.stderr).toContain(JSON.stringify(id));
  });

  test("refuses an admin key before it asks", async () => {
    const [admin] = emulator.controls.keys().filter(({ isAdmin }) => isAdmin);
    const { code, text, questions } = await asked("yes", "delete", admin?.id ?? "");
    expect({ code, questions }).toEqual({ code: 1, questions: [] });
    expect(text).toMatch(/is not deleted: the provider authenticates with it/);
    expect(emulator.controls.keys()).toHaveLength(1);
  });
});

describe("npx pulumi-aixplain", () => {
  test("lists every key with its id, its hint and its name", async () => {
    const { id, accessKey } = await makeKey("one");
    const { code, stdout } = await command("list");
    expect(code).toBe(0);
    expect(stdout.split("\n")).toContain(`${id}  ${accessKey.slice(0, 4)}****${accessKey.slice(-4)}  one`);
    expect(stdout).toMatch(/\(admin\)\n/);
  });

  test.each([
    ["no subcommand", [], "Usage: pulumi-aixplain"],
    ["an unknown one", ["lst"], "unknown command 'lst'"],
    ["no id", ["delete"], "missing required argument 'id'"],
    ["too much", ["list", "x"], "too many arguments"],
    ["an unknown option", ["list", "--al"], "unknown option '--al'"],
    ["a folder without a stack", ["list", "--cwd", "."], "--cwd requires --stack"],
  ])("tells how it is used and exits with 2: %s", async (_, args, told) => {
    const { code, text } = await asked("", ...args);
    expect({ code, text }).toEqual({ code: 2, text: expect.stringContaining(told) });
    expect(emulator.controls.requests()).toEqual([]);
  });

  test("says what is missing where there is no pulumi, and no folder", async () => {
    const empty = mkdtempSync(join(tmpdir(), "no-pulumi-"));
    const told: string[] = [];
    const terminal = {
      out: (line: string) => void told.push(line),
      err: (line: string) => void told.push(line),
      pause: noPause,
    };
    const env = { PATH: empty };
    expect(await runCommand(["list", "--stack", "s"], { ...terminal, env })).toBe(1);
    expect(await runCommand(["list", "--stack", "s", "--cwd", join(empty, "x")], { ...terminal, env })).toBe(
      1,
    );
    expect(told[0]).toContain(
      'The configuration of the stack "s" could not be read: there is no pulumi on PATH',
    );
    expect(told[1]).toContain("there is no folder");
    rmSync(empty, { recursive: true, force: true });
  });
});

test(
  "takes the settings of a stack, secrets included, and shows none of them",
  () =>
    withCliProject(async (project) => {
      const { adminKey, url, controls } = project.emulator;
      await project.must(["config", "set", "--secret", "aixplain:apiKey", adminKey]);
      await project.must(["config", "set", "aixplain:backendUrl", url]);
      const env = project.cli.env({
        ...project.backend.env,
        AIXPLAIN_API_KEY: undefined,
        BACKEND_URL: "http://127.0.0.1:1",
      });
      const on = (...args: string[]) =>
        run(process.execPath, [MAIN, ...args, "--cwd", project.directory], { env });
      const [id] = controls.keys().map((key) => key.id);
      const listed = await on("list", "--stack", "test");
      expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining(`${id}  `) });
      const missing = await on("list", "--stack", "other");
      expect(missing).toMatchObject({
        code: 6,
        stderr: expect.stringContaining("no stack named 'other' found"),
      });
      const refused = await on("delete", String(id), "--yes", "--stack", "test");
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("is not deleted") });
      for (const { stdout, stderr } of [listed, missing, refused])
        expect(`${stdout}${stderr}`).not.toContain(adminKey);
    }),
  CLI_TIMEOUT_MS,
);
