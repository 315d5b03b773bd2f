import { autoName, identityOf } from "../../provider/core/auto-name";
import { exportedKeys } from "./exported-keys";
import { CLI_TIMEOUT_MS, withCliProject } from "./project";

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
      const keys = exportedKeys(await project.exportedState()).map(({ urn, outputs }) => {
        return { urn, logical: urn.split("::").at(-1) ?? "", name: outputs.name };
      });
      const logicals = ["below-a-key", "inner-key", "plain", "team-key"];
      expect(keys.map(({ logical }) => logical).sort()).toEqual(logicals);
      for (const { urn, logical, name } of keys) {
        expect(name).toBe(autoName(logical, identityOf(urn), 0));
      }
      expect((await project.destroy()).ok).toBe(true);
    }),
  CLI_TIMEOUT_MS,
);
