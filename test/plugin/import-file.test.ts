import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../tools/pulumi-cli/process";
import { command } from "../cli/command-process";
import { exportedKeys } from "../cli/exported-keys";
import { CLI_TIMEOUT_MS, type CliProject } from "../cli/project";
import { prepareSdkEnvironment, tell } from "../conformance/sdk-environment";
import { DISCOVERY, withPluginProject } from "./project";

const environment = prepareSdkEnvironment();
const python = "python" in environment ? environment.python : undefined;
const WHY = "missing" in environment ? environment.missing : "";
if (python === undefined) tell(`SKIPPED: no account was filled by the aiXplain SDK: ${WHY}`);
const withSdk = python === undefined ? test.skip : test;

const KEYS = 200;

interface Made {
  readonly id: string;
  readonly accessKey: string;
}

/** Makes keys by the platform's own SDK. */
async function filledBySdk({ emulator, directory }: CliProject, count: number): Promise<Made[]> {
  const script = join(__dirname, "..", "conformance", "fill_account.py");
  const env = {
    PATH: process.env.PATH,
    BACKEND_URL: emulator.url,
    AIXPLAIN_ALLOW_INSECURE_URLS: "1",
    AIXPLAIN_API_KEY: emulator.adminKey,
    LOG_LEVEL: "CRITICAL",
    PYTHONDONTWRITEBYTECODE: "1",
  };
  const { code, stdout, stderr } = await run(python ?? "", [script, String(count)], { cwd: directory, env });
  if (code !== 0) throw new Error(`the SDK failed: ${stderr}`);
  return JSON.parse(stdout) as Made[];
}

/** A project whose program is TypeScript. */
function typescriptProject({ directory }: CliProject): void {
  writeFileSync(join(directory, "Pulumi.yaml"), `name: project\nruntime: nodejs\n${DISCOVERY}`);
  writeFileSync(join(directory, "package.json"), '{ "private": true, "main": "index.ts" }\n');
  writeFileSync(
    join(directory, "tsconfig.json"),
    '{ "compilerOptions": { "module": "node16", "moduleResolution": "node16", "target": "es2022", "strict": true } }\n',
  );
}

withSdk(
  `${KEYS} keys of the platform's SDK: the file imports them, and the program then has an empty preview`,
  () =>
    withPluginProject(async (project) => {
      const { emulator, directory } = project;
      const made = await filledBySdk(project, KEYS);
      expect(emulator.controls.keys()).toHaveLength(KEYS + 1);
      // Two names of one logical name, and a key that has expired already.
      const odd = ['"quoted" \\ ünïcode', "odd/name", "odd name"].map((name) =>
        emulator.controls.createKey({ name }),
      );
      odd.push(emulator.controls.createKey({ name: "expired", expiresAt: "2020-01-31" }));
      emulator.controls.requests.clear();
      typescriptProject(project);
      const file = join(directory, "import.json");
      const written = await command(emulator, [
        "import-file",
        "--out",
        file,
        "--program",
        join(directory, "index.ts"),
      ]);
      expect(written).toMatchObject({ code: 0, stdout: "" });
      expect(written.stderr).toContain(`${KEYS + 4} keys to import. Admin keys are skipped.`);
      expect(written.stderr).toContain("export AIXPLAIN_ACCESS_KEYS=");

      const program = readFileSync(join(directory, "index.ts"), "utf8");
      const { resources } = JSON.parse(readFileSync(file, "utf8"));
      const names = resources.map(({ name }: { name: string }) => name);
      expect(resources).toContainEqual({
        type: "aixplain:index:ApiKey",
        name: "SDK-key-007-team-2",
        id: made[7]?.id,
      });
      expect(new Set(names).size).toBe(KEYS + 4);
      expect(names).toEqual(expect.arrayContaining(["odd-name", "odd-name-2", "quoted-n-code"]));
      for (const { accessKey } of [...made, ...odd]) {
        expect(written.stderr + program + JSON.stringify(resources)).not.toContain(accessKey);
      }

      const AIXPLAIN_ACCESS_KEYS = [...made, ...odd].map(({ accessKey }) => accessKey).join(" ");
      const imported = await project.run(["import", "--file", file, "--yes", "--generate-code=false"], {
        AIXPLAIN_ACCESS_KEYS,
      });
      expect(imported.text).toContain(`${KEYS + 4} imported`);
      const preview = await project.preview("--expect-no-changes");
      expect(preview).toMatchObject({ ok: true, text: expect.stringContaining(`${KEYS + 5} unchanged`) });

      const state = await project.exportedState();
      const held = exportedKeys(state);
      expect(held.filter(({ outputs }) => outputs.accessKey !== undefined)).toHaveLength(KEYS + 4);
      expect(made.filter(({ accessKey }) => state.includes(accessKey))).toEqual([]);
      expect(emulator.controls.requests().filter(({ method }) => method !== "GET")).toEqual([]);
      // The files are somebody's work by now.
      const again = await command(emulator, ["import-file", "--out", file]);
      expect(again).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("already exists and was not overwritten"),
      });
    }),
  CLI_TIMEOUT_MS,
);

test("a key that no program can declare is in neither file, and is told with the reason, with exit code 1", () =>
  withPluginProject(async ({ emulator }) => {
    const { id } = emulator.controls.createKey({ name: "noon", expiresAt: "2099-01-31T12:00:00Z" });
    const fine = emulator.controls.createKey({ name: "fine" });
    const { code, stdout, stderr } = await command(emulator, ["import-file"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).resources).toEqual([
      { type: "aixplain:index:ApiKey", name: "fine", id: fine.id },
    ]);
    expect(stderr).toContain(`"noon" (${id}): expiresAt is not midnight UTC`);
  }));
