import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { VERSION } from "../../provider/version";
import { CLI_TIMEOUT_MS, type CliProject } from "../cli/project";
import { program, withPluginProject } from "./project";

const ROOT = join(__dirname, "..", "..");

function forget({ directory }: CliProject): void {
  const runtime = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
  writeFileSync(join(directory, "Pulumi.yaml"), `name: project\n${runtime}`);
}

test("the version of the plugin is that of the package", () => {
  const { version } = jest.requireActual<{ version: string }>("../../package.json");
  expect(VERSION).toBe(version);
});

test(
  "the plugin is found on PATH, and installed from an archive; its schema is one that the CLI takes",
  () =>
    withPluginProject(async (project) => {
      program(project, 'new ApiKey("bot", { budget: 1 });');
      const named = await project.preview();
      expect(named.ok).toBe(true);
      expect(named.text).not.toContain("warning");

      forget(project);
      // Without the folders of npm, in which the plugin is as well.
      const folders = (process.env.PATH ?? "")
        .split(delimiter)
        .filter((each) => !each.includes("node_modules"));
      const bare = { PATH: folders.join(delimiter) };
      expect((await project.run(["preview"], bare)).ok).toBe(false);
      const path = [join(ROOT, "plugin"), ...folders].join(delimiter);
      const found = await project.run(["preview"], { PATH: path });
      expect(found.ok).toBe(true);
      expect(found.text).toContain("using pulumi-resource-aixplain from $PATH");

      const archives = join(project.backend.directory, "archives");
      const made = spawnSync("npx", ["tsx", join(ROOT, "tools", "plugin-archives.ts"), archives], {
        cwd: ROOT,
      });
      expect(made.status).toBe(0);
      expect(readdirSync(archives)).toHaveLength(6);
      const arch = process.arch === "x64" ? "amd64" : process.arch;
      const archive = join(
        archives,
        `pulumi-resource-aixplain-v${VERSION}-${process.platform}-${arch}.tar.gz`,
      );
      await project.must(["plugin", "install", "resource", "aixplain", VERSION, "--file", archive]);
      expect((await project.run(["preview"], bare)).ok).toBe(true);
      const shown = await project.run(["package", "get-schema", "aixplain"], bare);
      const schema: unknown = JSON.parse(shown.text);
      expect(schema).toMatchObject({ name: "aixplain", version: VERSION });
    }),
  CLI_TIMEOUT_MS,
);
