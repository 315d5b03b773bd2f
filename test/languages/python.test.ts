import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSdks } from "../../tools/sdks/generate";
import { DISCOVERY, withPluginProject } from "../plugin/project";
import { pythonPath } from "./python";
import { has } from "./toolchain";

const PROGRAM = `
import pulumi
import pulumi_aixplain as aixplain

key = aixplain.ApiKey(
    "bot",
    budget=200,
    expires_at="2099-01-31",
    global_limits=aixplain.LimitsArgs(
        requests_per_day=5, tokens_per_day=10, token_type=aixplain.TokenType.INPUT_TOKENS
    ),
    asset_limits=[aixplain.AssetLimitsArgs(model="openai/gpt-4o-mini/openai", requests_per_day=3)],
)
pulumi.export("accessKey", key.access_key)
pulumi.export("models", key.asset_limits.apply(lambda limits: [each.model_id for each in limits]))
pulumi.export("used", aixplain.get_usage_output(id=key.id).total.requests.used)
pulumi.export("model", aixplain.get_model(model="openai/gpt-4o-mini/openai").id)
`;

const here = has("go", "version") && has("python3", "--version");

(here ? test : test.skip)(
  "a Python program on the generated SDK creates a key, sees no change, and destroys it",
  () =>
    withPluginProject(async (project) => {
      const sdks = join(project.backend.directory, "sdks");
      await generateSdks(sdks);
      const env = { PATH: await pythonPath(join(project.backend.directory, "python"), join(sdks, "python")) };
      writeFileSync(join(project.directory, "Pulumi.yaml"), `name: project\nruntime: python\n${DISCOVERY}`);
      writeFileSync(join(project.directory, "__main__.py"), PROGRAM);
      const up = await project.run(["up", "--yes"], env);
      expect(up.text).toContain("+ 2 created");
      const [, key] = project.emulator.controls.keys();
      expect(key).toMatchObject({
        budget: 200,
        expiresAt: Date.parse("2099-01-31T00:00:00Z"),
        globalLimits: { tpd: 10, rpd: 5, tokenType: "input" },
        assetsLimits: [{ assetId: "669a63646eb56306647e1091", rpd: 3 }],
      });
      const id = "669a63646eb56306647e1091";
      expect(JSON.parse((await project.run(["stack", "output", "--json"], env)).text)).toEqual({
        accessKey: "[secret]",
        models: [id],
        used: 0,
        model: id,
      });
      expect((await project.run(["preview", "--expect-no-changes"], env)).ok).toBe(true);
      expect((await project.run(["destroy", "--yes"], env)).ok).toBe(true);
      expect(project.emulator.controls.keys()).toHaveLength(1);
    }),
  60 * 60_000,
);
