import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "aixplain-emulator";
import { ensurePulumi, withTemporaryBackend } from "../../tools/pulumi-cli";
import { run } from "../../tools/pulumi-cli/process";
import { TEMPLATES, writeTemplate } from "./consumer";
import { packLibrary, repack } from "./library";
import { install, must, pack, ROOT, skippedLoudly } from "./npm";

/** The newest SDK of the day, which is newer than the one that the checkout develops with. */
const NEWEST_SDK = "@pulumi/pulumi@latest";
const DEVELOPED_WITH = "3.248.0";

/** A program inside another one, by the Automation API: here a second copy of the SDK would be another SDK. */
const INLINE = `const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { ApiKey, getUsageOutput } = require("pulumi-aixplain");
const { TeamKeys, ApiKey: Theirs } = require("acme-keys");
async function main() {
  const program = async () => {
    const key = new ApiKey("own", { budget: 5 });
    const team = new TeamKeys("team");
    const kin = Theirs !== ApiKey && Theirs.isInstance(key) && ApiKey.isInstance(team.key);
    return { kin, usage: key.usage, theirs: getUsageOutput({ id: team.key.id }) };
  };
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "inline", projectName: "inline", program });
  await stack.setConfig("aixplain:apiKey", { value: process.env.ADMIN_KEY, secret: true });
  await stack.setConfig("aixplain:backendUrl", { value: process.env.BACKEND });
  const first = await stack.up();
  const second = await stack.up();
  await stack.destroy();
  console.log(JSON.stringify({ outputs: second.outputs, first: first.summary.resourceChanges, second: second.summary.resourceChanges }));
}
main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
`;

const directory = realpathSync(mkdtempSync(join(tmpdir(), "newest-sdk-")));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const tarball = pack(ROOT, directory);
const project = join(directory, "project");
mkdirSync(project);
writeFileSync(join(project, "package.json"), '{ "name": "consumer", "private": true }\n');
const library = packLibrary(repack(tarball, "0.0.9", directory), directory);
const packages = [NEWEST_SDK, tarball, library, "@types/node@18.19.130"];
const reached = install(project, packages);

/** The versions in which a package is installed, in as many places. */
const copies = (name: string): string[] =>
  readdirSync(project, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(join("node_modules", name, "package.json")))
    .map((file) => readFileSync(join(project, file), "utf8"))
    .map((manifest) => String((JSON.parse(manifest) as { readonly version: unknown }).version));

skippedLoudly(reached)(
  "beside a newer SDK, and a component library that brings an older copy of the package",
  () => {
    test("npm installs one SDK for all, and each copy of the package where it is asked for", () => {
      const sdks = copies("@pulumi/pulumi");
      expect(sdks).toHaveLength(1);
      expect(String(sdks[0]).localeCompare(DEVELOPED_WITH, "en", { numeric: true })).toBe(1);
      expect(copies("pulumi-aixplain").sort()).toEqual(["0.0.9", "0.1.0"]);
    });

    test("an inline program of the Automation API creates and destroys the keys of both copies", async () => {
      writeFileSync(join(project, "inline.js"), INLINE);
      const cli = await ensurePulumi();
      const emulator = await startEmulator();
      try {
        await withTemporaryBackend(cli, async ({ env }) => {
          const settings = { ADMIN_KEY: emulator.adminKey, BACKEND: emulator.url };
          const options = { cwd: project, env: cli.env({ ...env, ...settings }) };
          const { code, stdout, stderr } = await run(process.execPath, ["inline.js"], options);
          expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
          const told: unknown = JSON.parse(stdout);
          expect(told).toMatchObject({
            outputs: { kin: { value: true }, usage: { value: { total: { requests: { used: 0 } } } } },
            first: { create: 4 },
            second: { same: 4 },
          });
          const routes = emulator.controls.requests().map(({ route }) => route);
          expect(routes.filter((route) => route === "createKey")).toHaveLength(2);
          // Two keys in two runs of one process: read again in the second run.
          expect(routes.filter((route) => route === "keyUsage")).toHaveLength(4);
          expect(emulator.controls.keys()).toHaveLength(1);
        });
      } finally {
        await emulator.close();
      }
    });

    test.each(TEMPLATES)("tsc passes with the options of Pulumi's $title", ({ compilerOptions }) => {
      writeTemplate(project, compilerOptions);
      const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
      expect(must(process.execPath, [tsc, "-p", ".", "--noEmit", "--pretty", "false"], project)).toBe("");
    });
  },
);
