import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../tools/pulumi-cli/process";
import { GO_ENV, generateSdks, go } from "../../tools/sdks/generate";
import { withPluginProject } from "../plugin/project";
import { has } from "./toolchain";

const ROOT = join(__dirname, "..", "..");
const SDK_MODULE =
  "module pulumi-aixplain/sdk/go/aixplain\n\ngo 1.25.11\n\nrequire github.com/pulumi/pulumi/sdk/v3 v3.259.0\n";

(has("go", "version") ? test : test.skip)(
  "an inline Go program on the generated SDK creates a key, sees no change, and destroys it",
  () =>
    withPluginProject(async ({ backend, cli, emulator, env }) => {
      const sdks = join(backend.directory, "sdks");
      await generateSdks(sdks);
      const program = join(backend.directory, "go");
      cpSync(join(__dirname, "go"), program, { recursive: true });
      mkdirSync(join(program, "sdk"));
      cpSync(join(sdks, "go", "aixplain"), join(program, "sdk"), { recursive: true });
      writeFileSync(join(program, "sdk", "go.mod"), SDK_MODULE);
      await go(["build", "-mod=readonly", "-o", "program", "."], program);
      const { code, stdout, stderr } = await run(join(program, "program"), [join(ROOT, "plugin")], {
        cwd: program,
        env: { ...GO_ENV, ...cli.env({ ...backend.env, ...env }) },
        timeoutMs: 10 * 60_000,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toBe("created 2 secret true model 669a63646eb56306647e1091\nno changes\ndestroyed\n");
      const creates = emulator.controls.requests().filter(({ method }) => method === "POST");
      expect(creates).toHaveLength(1);
      expect(emulator.controls.keys()).toHaveLength(1);
    }),
  60 * 60_000,
);
