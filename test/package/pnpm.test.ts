import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "aixplain-emulator";
import { ensurePulumi, withTemporaryBackend } from "../../tools/pulumi-cli";
import { cacheDirectory } from "../../tools/pulumi-cli/cache";
import { packLibrary } from "./library";
import { install, must, pack, ROOT, skippedLoudly } from "./npm";

const directory = realpathSync(mkdtempSync(join(tmpdir(), "pnpm-")));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const tools = join(directory, "tools");
mkdirSync(tools);
writeFileSync(join(tools, "package.json"), '{ "name": "tools", "private": true }\n');
const reached = install(tools, ["pnpm@10.34.9"]);

const program = join(directory, "program");
const tarball = pack(ROOT, directory);
const library = packLibrary(tarball, directory);

/** Installs as pnpm does: what a package does not ask for itself, it does not find. */
function pnpm(...args: string[]): void {
  // Under the cache of the tests, so that a second run needs no network.
  const store = join(cacheDirectory(), "pnpm-store");
  const pnpmCjs = join(tools, "node_modules", "pnpm", "bin", "pnpm.cjs");
  must(
    process.execPath,
    [pnpmCjs, ...args, "--prefer-offline", "--ignore-scripts", "--store-dir", store],
    program,
  );
}

skippedLoudly(reached)("under pnpm, with the package as a dependency of a component library alone", () => {
  test("the program says in one sentence what to add and where, and after that it works", async () => {
    const cli = await ensurePulumi();
    const emulator = await startEmulator();
    try {
      await withTemporaryBackend(cli, async (backend) => {
        mkdirSync(program);
        const dependencies = { "@pulumi/pulumi": "3.248.0", "acme-keys": `file:${library}` };
        writeFileSync(
          join(program, "package.json"),
          JSON.stringify({ private: true, main: "index.js", dependencies }),
        );
        writeFileSync(
          join(program, "index.js"),
          'const { TeamKeys } = require("acme-keys");\nnew TeamKeys("team");\n',
        );
        writeFileSync(
          join(program, "Pulumi.yaml"),
          "name: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        );
        pnpm("install");
        const env = { AIXPLAIN_API_KEY: emulator.adminKey, BACKEND_URL: emulator.url, NO_COLOR: "1" };
        const pulumi = async (...args: string[]) => {
          const { code, stdout, stderr } = await backend.run([...args, "--non-interactive"], {
            cwd: program,
            env,
          });
          return { code, text: `${stdout}${stderr}` };
        };
        await pulumi("stack", "init", "pnpm");
        const { code, text } = await pulumi("preview");
        expect(code).not.toBe(0);
        expect(text).toContain(
          `error: Pulumi loads the provider of API keys from the folder of the program, ${program}, but the package pulumi-aixplain is not found there: ` +
            "add it to the dependencies in that folder's package.json (npm install pulumi-aixplain, pnpm add pulumi-aixplain).",
        );
        expect(text).not.toContain("require-runtime");

        pnpm("add", `pulumi-aixplain@file:${tarball}`);
        expect(await pulumi("up", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
        expect(emulator.controls.keys()).toHaveLength(2);
        expect(await pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
        expect(emulator.controls.keys()).toHaveLength(1);
      });
    } finally {
      await emulator.close();
    }
  });
});
