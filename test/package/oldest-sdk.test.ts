import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "aixplain-emulator";
import { ensurePulumi, withTemporaryBackend } from "../../tools/pulumi-cli";
import { TEMPLATES, writeTemplate } from "./consumer";
import { install, pack, ROOT, skippedLoudly } from "./npm";

/** The first SDK whose dynamic provider host hands the stack's configuration over. */
const OLDEST_SDK = "3.139.0";

const directory = realpathSync(mkdtempSync(join(tmpdir(), "oldest-sdk-")));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
writeFileSync(
  join(directory, "package.json"),
  '{ "name": "consumer", "private": true, "main": "index.ts" }\n',
);
// No `typescript`, as in the template of its time: the one in the SDK compiles the program.
const packages = [`@pulumi/pulumi@${OLDEST_SDK}`, pack(ROOT, directory), "@types/node@14.18.63"];
const reached = install(directory, packages);

skippedLoudly(reached)("beside the oldest SDK that is allowed, in a project of the oldest template", () => {
  test("the real CLI type-checks, creates and destroys with the TypeScript of the SDK", async () => {
    const cli = await ensurePulumi();
    const emulator = await startEmulator();
    try {
      await withTemporaryBackend(cli, async (backend) => {
        writeTemplate(directory, TEMPLATES[0]?.compilerOptions ?? {});
        const env = { PULUMI_NODEJS_TRANSPILE_ONLY: undefined, AIXPLAIN_API_KEY: undefined, NO_COLOR: "1" };
        const pulumi = async (...args: string[]) => {
          const { code, stdout, stderr } = await backend.run([...args, "--non-interactive"], {
            cwd: directory,
            env,
          });
          return { code, text: `${stdout}${stderr}` };
        };
        await pulumi("stack", "init", "old");
        await pulumi("config", "set", "--secret", "aixplain:apiKey", emulator.adminKey);
        await pulumi("config", "set", "aixplain:backendUrl", emulator.url);
        expect(await pulumi("up", "--yes", "--skip-preview")).toMatchObject({
          code: 0,
          text: expect.stringContaining("+ 2 created"),
        });
        expect(emulator.controls.keys()).toHaveLength(2);
        expect(await pulumi("destroy", "--yes", "--skip-preview")).toMatchObject({ code: 0 });
        expect(emulator.controls.keys()).toHaveLength(1);
      });
    } finally {
      await emulator.close();
    }
  });
});
