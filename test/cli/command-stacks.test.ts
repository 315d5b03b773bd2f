import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Emulator, startEmulator } from "aixplain-emulator";
import type { RunResult } from "../../tools/pulumi-cli/process";
import { program, withPluginProject } from "../plugin/project";
import { command, limits, MODEL, use } from "./command-process";
import { CLI_TIMEOUT_MS, type CliProject, withCliProject } from "./project";

/** The command in a project, where it finds the CLI and the stacks. */
const inProject = (project: CliProject, args: readonly string[], emulator = project.emulator) =>
  command(emulator, [...args, "--cwd", project.directory], project.cli.env({ ...project.backend.env }));

const said = ({ stdout, stderr }: RunResult): string => `${stdout}\n${stderr}`;

const keyNamed = ({ emulator }: CliProject, name: string) => {
  const key = emulator.controls.keys().find((each) => each.name === name);
  if (!key) throw new Error(`there is no key ${name}`);
  return key;
};

async function exportTo(project: CliProject, name: string, ...flags: string[]): Promise<string> {
  const file = join(project.directory, name);
  await project.must(["stack", "export", "--file", file, ...flags]);
  return file;
}

const everySecret = ({ emulator }: CliProject): string[] =>
  emulator.controls.keys().map((key) => key.accessKey);

describe("npx pulumi-aixplain drift", () => {
  const PROGRAM = `
    new ApiKey("bot", { name: "bot", budget: 200, globalLimits: { tokensPerDay: 50, requestsPerDay: 9 } });
    new ApiKey("quiet", { name: "quiet", budget: pulumi.secret(31337), assetLimits: [{ model: "${MODEL}", requestsPerDay: 3 }] });
    new ApiKey("same", { name: "same" });`;

  test(
    "of a clean stack it says so and exits with 0; of a changed one it names each property and exits with 7",
    () =>
      withCliProject(async (project) => {
        project.program(PROGRAM);
        expect((await project.up()).ok).toBe(true);
        const { controls } = project.emulator;
        const clean = await inProject(project, ["drift", "--stack", "test"]);
        expect(clean).toMatchObject({ code: 0, stdout: "" });
        expect(clean.stderr).toContain('No drift: 3 keys of the stack "test" compared.');

        controls.updateKey("bot", { budget: 1000, globalLimits: limits({ tpd: 50, rpm: 4 }) });
        controls.updateKey("quiet", {
          budget: 42424,
          assetsLimits: [{ assetId: MODEL, ...limits({ rpd: 8 }) }],
        });
        const before = controls.requests().length;
        const drifted = await inProject(project, ["drift", "--stack", "test"]);
        expect(drifted.code).toBe(7);
        const bot = keyNamed(project, "bot");
        const quiet = keyNamed(project, "quiet");
        expect(drifted.stdout.split("\n")).toEqual([
          `changed  "bot" (${bot.id})`,
          "  budget 200 -> 1000",
          "  globalLimits.requestsPerMinute not set -> 4",
          "  globalLimits.requestsPerDay 9 -> not set",
          `changed  "quiet" (${quiet.id})`,
          "  budget [secret] -> [secret]",
          `  assetLimits["${MODEL}"].requestsPerDay 3 -> 8`,
          "",
        ]);
        expect(drifted.stderr).toContain('2 of 3 keys of the stack "test" differ');
        const json = await inProject(project, ["drift", "--stack", "test", "--json"]);
        expect(json.code).toBe(7);
        expect(JSON.parse(json.stdout).keys.map((key: { status: string }) => key.status)).toEqual([
          "changed",
          "changed",
          "same",
        ]);
        for (const answer of [clean, drifted, json]) {
          expect(said(answer)).not.toContain("31337");
          expect(said(answer)).not.toContain("42424");
          for (const secret of everySecret(project)) expect(said(answer)).not.toContain(secret);
        }
        // One list each, and nothing is written.
        expect(
          controls
            .requests()
            .slice(before)
            .map(({ method }) => method),
        ).toEqual(["GET", "GET"]);

        // Without its secrets a state says less, and the command says that.
        const file = await exportTo(project, "state.json");
        const partly = await command(project.emulator, ["drift", "--state", file]);
        expect(partly.code).toBe(7);
        expect(partly.stdout).toContain(`not compared in "quiet" (${quiet.id}): budget`);
        expect(partly.stdout).toContain("budget 200 -> 1000");

        expect((await project.up()).ok).toBe(true);
        expect((await inProject(project, ["drift", "--stack", "test"])).code).toBe(0);
      }),
    CLI_TIMEOUT_MS,
  );

  test(
    "a key that is gone counts as deleted in its own account only; in another both readings are told, with exit code 1",
    () =>
      withCliProject(async (project) => {
        project.program(PROGRAM);
        expect((await project.up()).ok).toBe(true);
        const { id } = keyNamed(project, "bot");
        const other = await startEmulator();
        try {
          const elsewhere = await inProject(project, ["drift", "--stack", "test"], other);
          expect(elsewhere.code).toBe(1);
          expect(elsewhere.stdout).toContain(`absent   "bot" (${id}): deleted, or in another account`);
          expect(elsewhere.stderr).toContain("Either the run uses the wrong account");
          expect(elsewhere.stderr).toContain("Or the account is the right one and the key was deleted there");
        } finally {
          await other.close();
        }
        project.emulator.controls.deleteKey("bot");
        const gone = await inProject(project, ["drift", "--stack", "test"]);
        expect(gone.code).toBe(7);
        expect(gone.stdout).toContain(`deleted  "bot" (${id}): it is not in the account any more`);
        expect(await inProject(project, ["drift", "--stack", "none"])).toMatchObject({ code: 6, stdout: "" });
        expect(await inProject(project, ["drift"])).toMatchObject({
          code: 2,
          stderr: expect.stringContaining("--cwd needs --stack"),
        });
      }),
    CLI_TIMEOUT_MS,
  );
});

describe("npx pulumi-aixplain orphans", () => {
  test(
    "lists what no stack of either provider declares, says what is not known, and advises no deletion of what was used today",
    () =>
      withPluginProject(async (project) => {
        const { controls } = project.emulator;
        program(project, 'new ApiKey("one", { name: "declared by the plugin" });');
        expect((await project.up()).ok).toBe(true);
        const first = await exportTo(project, "first.json");
        await project.must(["stack", "init", "second"]);
        writeFileSync(
          join(project.directory, "index.js"),
          'const { ApiKey } = require("pulumi-aixplain"); new ApiKey("two", { name: "declared dynamically" });',
        );
        expect((await project.up()).ok).toBe(true);

        const used = controls.createKey({ name: "used today" });
        await use(project.emulator, used.accessKey, 2);
        const idle = controls.createKey({ name: "idle" });
        const both = await inProject(project, ["orphans", "--stack", "test", "--stack", "second"]);
        expect(both.code).toBe(0);
        const [, usedText = "", , idleText = ""] = both.stdout.split("\n");
        expect(both.stdout).toContain(`${used.id}  `);
        expect(usedText).toMatch(
          /USED TODAY \(2 requests, \d+ tokens since midnight UTC\): somebody depends on it\. Keep it/,
        );
        expect(usedText).not.toContain("delete");
        expect(idleText).toContain("not used today, which says nothing about other days");
        expect(idleText).toContain("left behind, or it belongs to a stack that was not given");
        expect(idleText).toContain(`npx pulumi-aixplain delete ${idle.id}`);
        expect(both.stderr).toContain('2 keys are in none of the stack "test", the stack "second"');
        expect(both.stdout).not.toContain("declared");

        // A stack and an exported state; what is left out looks like an orphan.
        const mixed = await inProject(project, ["orphans", "--json", "--stack", "second", "--state", first]);
        const { keys } = JSON.parse(mixed.stdout);
        expect(keys.map(({ name, use }: Record<string, string>) => [name, use])).toEqual([
          ["used today", "used"],
          ["idle", "unused"],
        ]);
        const alone = await command(project.emulator, ["orphans", "--state", first]);
        expect(alone.stdout).toContain('"declared dynamically"');

        controls.faults.add({ kind: "status", status: 403, route: "keyUsage" });
        const unread = await command(project.emulator, ["orphans", "--state", first]);
        expect(unread.stdout).toContain("its use today could not be read");
        expect(unread.stdout).not.toContain("pulumi-aixplain delete");
        controls.faults.clear();
        for (const answer of [both, mixed, alone, unread]) {
          for (const secret of everySecret(project)) expect(said(answer)).not.toContain(secret);
        }
        const other = await startEmulator();
        try {
          const elsewhere = await command(other, ["orphans", "--state", first]);
          expect(elsewhere.stderr).toContain("WARNING: 1 keys of the file");
          expect(elsewhere.stderr).toContain("recorded in another account");
        } finally {
          await other.close();
        }
      }),
    CLI_TIMEOUT_MS,
  );

  test("a key that an interrupted run may have made is told from one that somebody made", async () => {
    const emulator = await startEmulator();
    const { id } = emulator.controls.createKey({ name: "half-made" });
    const file = join(__dirname, "..", "..", "node_modules", ".half-made.json");
    const resource = { urn: "urn:x", type: "aixplain:index:ApiKey", inputs: { name: "half-made" } };
    writeFileSync(
      file,
      JSON.stringify({ deployment: { resources: [], pending_operations: [{ type: "creating", resource }] } }),
    );
    const { stdout } = await command(emulator, ["orphans", "--state", file]);
    expect(stdout).toContain(id);
    expect(stdout).toContain(
      "interrupted while it created a key of this name: run pulumi refresh there first",
    );
    await emulator.close();
  });

  test.each([
    ["no stack", [], "there is no stack to look in"],
    ["no state", ["--state", __filename], "is no state that pulumi stack export wrote"],
  ])("%s: nothing is called an orphan, and the exit code is 2", async (_, args, told) => {
    const emulator = await startEmulator();
    const { code, stdout, stderr } = await command(emulator, ["orphans", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(told);
    expect(emulator.controls.requests()).toEqual([]);
    await emulator.close();
  });
});

describe("npx pulumi-aixplain doctor", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  test("an admin key of a reachable account passes every check, with exit code 0", async () => {
    emulator.controls.createKey({ name: "one" });
    const { code, stdout, stderr } = await command(emulator, ["doctor"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ok {7}address {2}http:\/\/127\.0\.0\.1:\d+ answered in \d+ ms$/m);
    expect(stdout).toMatch(/^ok {7}clock /m);
    expect(stdout).toMatch(/^ok {7}key {6}an admin key/m);
    expect(stdout).toContain(
      "2 keys in the account, 1 of them admin keys; the platform does not tell how many",
    );
  });

  test("a member key and an unknown key are told apart, with exit code 3", async () => {
    const { accessKey } = emulator.controls.createKey({ name: "member" });
    const member = await command({ ...emulator, adminKey: accessKey, url: emulator.url }, ["doctor"]);
    expect(member.code).toBe(3);
    expect(member.stdout).toMatch(/^failed {3}key {6}a member key: /m);
    const unknown = await command({ adminKey: "nobody-has-this-key", url: emulator.url }, [
      "doctor",
      "--json",
    ]);
    expect(unknown.code).toBe(3);
    expect(JSON.parse(unknown.stdout).findings).toContainEqual({
      check: "key",
      status: "failed",
      message: expect.stringContaining("the platform does not accept the admin key"),
    });
    expect(said(member) + said(unknown)).not.toContain(accessKey);
  });

  test("nobody at the address: exit code 1, and no word on the key", async () => {
    const { url, adminKey } = emulator;
    await emulator.close();
    const { code, stdout } = await command({ url, adminKey }, ["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^failed {3}address {2}.*ECONNREFUSED/m);
    expect(stdout).not.toMatch(/ key /);
    emulator = await startEmulator();
  });

  test("without settings nothing is asked, with exit code 2", async () => {
    const { code, stderr } = await command(emulator, ["doctor"], { AIXPLAIN_API_KEY: "" });
    expect(code).toBe(2);
    expect(stderr).toContain("there is no admin key");
  });

  test.each([
    [-3600, /^warning {2}clock {4}this machine is 36\d\d seconds ahead of the platform.*Set the clock$/m],
    [7200, /^warning {2}clock {4}this machine is 7\d\d\d seconds behind the platform/m],
  ])("a platform whose clock is %i seconds off is seen", async (seconds, told) => {
    const proxy = createServer((request: IncomingMessage, response) => {
      void fetch(`${emulator.url}${request.url}`, {
        headers: { "x-api-key": String(request.headers["x-api-key"]) },
      }).then(async (answer) => {
        response.setHeader("date", new Date(Date.now() + seconds * 1000).toUTCString());
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    const { code, stdout } = await command({ adminKey: emulator.adminKey, url: `http://127.0.0.1:${port}` }, [
      "doctor",
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(told);
    await new Promise((resolve) => proxy.close(resolve));
  });

  test(
    "access keys that a stack exports in plain are found, also inside other text, and none is shown",
    () =>
      withPluginProject(async (project) => {
        const key = 'const key = new ApiKey("bot", { name: "bot" });';
        program(project, `${key} exports.accessKey = key.accessKey;`);
        expect((await project.up()).ok).toBe(true);
        const clean = await inProject(project, ["doctor", "--stack", "test"]);
        expect(clean.code).toBe(0);
        expect(clean.stdout).toContain('no access key in plain text in the state of the stack "test"');

        program(
          project,
          `${key} exports.accessKey = pulumi.unsecret(key.accessKey);
           exports.settings = { header: pulumi.unsecret(pulumi.interpolate\`x-api-key: \${key.accessKey}\`) };
           exports.hint = key.accessKeyHint;`,
        );
        expect((await project.up()).ok).toBe(true);
        const found = await inProject(project, ["doctor", "--stack", "test"]);
        expect(found.code).toBe(1);
        const { id, accessKey } = keyNamed(project, "bot");
        const lines = found.stdout.split("\n").filter((line) => line.startsWith("failed"));
        expect(lines).toEqual([
          expect.stringContaining(
            `output accessKey of the stack holds the access key of "bot" (${id}) in plain text`,
          ),
          expect.stringContaining(
            `output settings.header of the stack holds the access key of "bot" (${id})`,
          ),
        ]);
        // Encrypted, the state knows the hint only.
        const file = await exportTo(project, "state.json");
        const byHint = await command(project.emulator, ["doctor", "--state", file]);
        expect(byHint.code).toBe(1);
        expect(byHint.stdout).toContain("output accessKey of the stack holds the access key");
        for (const answer of [clean, found, byHint]) expect(said(answer)).not.toContain(accessKey);
      }),
    CLI_TIMEOUT_MS,
  );
});
