import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Emulator, startEmulator } from "aixplain-emulator";
import { program, withPluginProject } from "../plugin/project";
import { command } from "./command-process";
import { exportTo, inProject, keyNamed, said } from "./command-project";
import { CLI_TIMEOUT_MS } from "./project";

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
      "keys in the account: 2, admin keys among them: 1; the platform does not show how many",
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
    [-3600, /^warning {2}clock {4}this machine is 36\d\d seconds ahead of the platform: set the clock\./m],
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
            `output accessKey of the stack contains the access key of "bot" (${id}) in plain text`,
          ),
          expect.stringContaining(
            `output settings.header of the stack contains the access key of "bot" (${id})`,
          ),
        ]);
        // Encrypted, the state knows the hint only.
        const file = await exportTo(project, "state.json");
        const byHint = await command(project.emulator, ["doctor", "--state", file]);
        expect(byHint.code).toBe(1);
        expect(byHint.stdout).toContain("output accessKey of the stack contains the access key");
        for (const answer of [clean, found, byHint]) expect(said(answer)).not.toContain(accessKey);
      }),
    CLI_TIMEOUT_MS,
  );
});
