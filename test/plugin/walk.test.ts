import { exportedKeys } from "../cli/exported-keys";
import { CLI_TIMEOUT_MS } from "../cli/project";
import { program, withPluginProject } from "./project";

const PROGRAM = `
const key = new ApiKey("bot", {
  budget: 200,
  globalLimits: { requestsPerDay: 5 },
  assetLimits: [{ model: "openai/gpt-4o-mini/openai", requestsPerDay: 3 }],
});
exports.limits = key.assetLimits;
exports.accessKey = key.accessKey;
`;

test(
  "a key is created, found unchanged, drifts line by line, is refreshed, put right and destroyed",
  () =>
    withPluginProject(async (project) => {
      const { controls } = project.emulator;
      program(project, PROGRAM);
      const planned = await project.must(["preview", "--diff"]);
      expect(planned).toContain('modelId       : "669a63646eb56306647e1091"');
      expect((await project.up()).ok).toBe(true);
      expect((await project.preview("--expect-no-changes")).ok).toBe(true);
      const [held] = exportedKeys(await project.exportedState());
      expect(held?.type).toBe("aixplain:index:ApiKey");

      controls.updateKey(String(held?.id), { budget: 1000, globalLimits: { rpd: 5, tpd: 7 } });
      const drifted = await project.must(["preview", "--diff"]);
      expect(drifted).toContain("~ budget       : 200 => 1000");
      expect(drifted).toContain("~ budget      : 1000 => 200");
      expect(drifted).toMatch(/- tokensPerDay(: 7)?/);
      expect(await project.must(["refresh", "--yes", "--skip-preview", "--diff"])).toContain("budget");
      expect((await project.up()).ok).toBe(true);
      expect(controls.keys().find(({ id }) => id === held?.id)).toMatchObject({
        budget: 200,
        globalLimits: { rpd: 5, tpd: null },
      });

      const misspelt = "openai/gpt-4o-minni/openai";
      program(project, `${PROGRAM}exports.model = aixplain.getModelOutput({ model: "${misspelt}" }).id;`);
      const asked = await project.preview();
      expect(asked.ok).toBe(false);
      expect(asked.text).toContain(
        `model is "${misspelt}", which the platform does not know; did you mean "openai/gpt-4o-mini/openai"?\n`,
      );
      expect((await project.destroy()).ok).toBe(true);
      expect(controls.keys().every(({ isAdmin }) => isAdmin)).toBe(true);
    }),
  CLI_TIMEOUT_MS,
);
