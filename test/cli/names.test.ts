import { z } from "zod";
import { autoName, identityOf } from "../../provider/core/auto-name";
import { CLI_TIMEOUT_MS, withCliProject } from "./project";

const exported = z.object({
  deployment: z.object({
    resources: z.array(
      z.object({
        urn: z.string(),
        type: z.string(),
        outputs: z.object({ name: z.string().optional() }).optional(),
      }),
    ),
  }),
});

const PROGRAM = `
class Team extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("test:index:Team", name, {}, opts);
    this.key = new ApiKey(name + "-key", {}, { parent: this });
  }
}
const plain = new ApiKey("plain");
new ApiKey("below-a-key", {}, { parent: plain });
const team = new Team("team");
new Team("inner", { parent: team });
`;

test(
  "automatic names follow from the URN that the engine gives, with a parent and without",
  () =>
    withCliProject(async (project) => {
      project.program(PROGRAM);
      await project.must(["up", "--yes", "--skip-preview"]);
      const { resources } = exported.parse(JSON.parse(await project.exportedState())).deployment;
      const keys = resources.filter(({ type }) => type.endsWith(":ApiKey"));
      const names = keys.map(({ urn, outputs }) => [urn.split("::").at(-1) ?? "", outputs?.name]);
      expect(names.map(([logical]) => logical).sort()).toEqual([
        "below-a-key",
        "inner-key",
        "plain",
        "team-key",
      ]);
      expect(names).toEqual(
        keys.map(({ urn }) => {
          const logical = urn.split("::").at(-1) ?? "";
          return [logical, autoName(logical, identityOf(urn), 0)];
        }),
      );
      expect((await project.destroy()).ok).toBe(true);
    }),
  CLI_TIMEOUT_MS,
);
