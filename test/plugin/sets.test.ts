import { CLI_TIMEOUT_MS } from "../cli/project";
import { program, withPluginProject } from "./project";

const set = (members: string): string => `
const team = new aixplain.ApiKeySet("team", {
  environments: { dev: {}, prod: { globalLimits: { requestsPerDay: 5 } } },
  members: ${members},
});
`;
const TWO = "{ ada: { budget: 1 }, grace: { budget: 2 } }";

test(
  "a set of the dynamic provider moves to the plugin without a change, a member leaves alone, and keys are looked up by conditions",
  () =>
    withPluginProject(async (project) => {
      const { controls } = project.emulator;
      project.package = "pulumi-aixplain";
      project.program(`const aixplain = require("pulumi-aixplain");\n${set(TWO)}`);
      await project.must(["up", "--yes", "--skip-preview"]);
      const before = controls.keys().filter(({ isAdmin }) => !isAdmin);
      expect(before.map(({ name }) => name.replace(/-[0-9a-f]{7}$/, "")).sort()).toEqual([
        "team/ada/dev",
        "team/ada/prod",
        "team/grace/dev",
        "team/grace/prod",
      ]);

      controls.requests.clear();
      program(project, set(TWO));
      await project.must(["up", "--yes", "--skip-preview"]);
      expect(controls.requests().filter(({ method }) => method !== "GET")).toEqual([]);

      program(
        project,
        `${set("{ grace: { budget: 2 } }")}
exports.keys = team.accessKeys;
exports.graces = aixplain.getApiKeys({ namePrefix: "team/grace/" }).then(({ apiKeys }) => apiKeys.length);
exports.used = aixplain.getApiKeysOutput({ usedAbovePercent: 50 }).apiKeys.length;`,
      );
      await project.must(["up", "--yes", "--skip-preview"]);
      const graces = before.filter(({ name }) => name.startsWith("team/grace/"));
      expect(controls.keys().filter(({ isAdmin }) => !isAdmin)).toEqual(graces);
      const shown: unknown = JSON.parse(await project.must(["stack", "output", "--json"]));
      expect(shown).toEqual({ keys: "[secret]", graces: 2, used: 0 });

      program(project, 'exports.keys = aixplain.getApiKeys({ nameprefix: "x", expiringWithinDays: -1 });');
      const refused = await project.preview();
      expect(refused.ok).toBe(false);
      expect(refused.text).toContain("nameprefix is not an argument of getApiKeys; did you mean namePrefix?");
      expect(refused.text).toContain("expiringWithinDays must be a whole number, 0 or more; got -1");
    }),
  CLI_TIMEOUT_MS,
);
