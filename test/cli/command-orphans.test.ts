import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "aixplain-emulator";
import { program, withPluginProject } from "../plugin/project";
import { command, use } from "./command-process";
import { everySecret, exportTo, inProject, said } from "./command-project";
import { CLI_TIMEOUT_MS } from "./project";

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
          /USED TODAY \(2 requests, \d+ tokens since midnight UTC\): keep it, and find out which stack or person uses it\./,
        );
        expect(usedText).not.toContain("delete");
        expect(idleText).toContain("not used today, but perhaps on other days");
        expect(idleText).toContain(
          "It is a leftover, or it belongs to a person or to a stack that was not named",
        );
        expect(idleText).toContain(`npx pulumi-aixplain delete ${idle.id}`);
        expect(both.stderr).toContain(
          '2 keys are declared by none of these: the stack "test", the stack "second"',
        );
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

        controls.faults.add({ kind: "status", status: 403, route: "keyUsage", times: 3 });
        const unread = await command(project.emulator, ["orphans", "--state", first]);
        expect(unread.stdout).toContain("today's usage could not be read");
        expect(unread.stdout).not.toContain("pulumi-aixplain delete");
        controls.faults.clear();
        for (const answer of [both, mixed, alone, unread]) {
          for (const secret of everySecret(project)) expect(said(answer)).not.toContain(secret);
        }
        const other = await startEmulator();
        try {
          const elsewhere = await command(other, ["orphans", "--state", first]);
          expect(elsewhere.stderr).toContain("WARNING: 1 key of the file");
          expect(elsewhere.stderr).toContain("recorded in an account other than");
        } finally {
          await other.close();
        }
      }),
    CLI_TIMEOUT_MS,
  );

  test("a key that an interrupted run may have made is told from one that somebody made", async () => {
    const emulator = await startEmulator();
    const { id } = emulator.controls.createKey({ name: "half-made" });
    const directory = mkdtempSync(join(tmpdir(), "orphans-"));
    const file = join(directory, "state.json");
    const resource = { urn: "urn:x", type: "aixplain:index:ApiKey", inputs: { name: "half-made" } };
    writeFileSync(
      file,
      JSON.stringify({ deployment: { resources: [], pending_operations: [{ type: "creating", resource }] } }),
    );
    const { stdout } = await command(emulator, ["orphans", "--state", file]);
    expect(stdout).toContain(id);
    expect(stdout).toContain(
      "interrupted while it created a key with this name: run pulumi refresh there first",
    );
    rmSync(directory, { recursive: true, force: true });
    await emulator.close();
  });

  test.each([
    ["no stack", [], "no stack was named"],
    ["no state", ["--state", __filename], "is not a state written by pulumi stack export"],
  ])("%s: nothing is called an orphan, and the exit code is 2", async (_, args, told) => {
    const emulator = await startEmulator();
    const { code, stdout, stderr } = await command(emulator, ["orphans", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(told);
    expect(emulator.controls.requests()).toEqual([]);
    await emulator.close();
  });
});
