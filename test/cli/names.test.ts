import { autoName, identityOf } from "../../provider/core/auto-name";
import { DYNAMIC_STUB } from "../../provider/dynamic/stub";
import { exportedKeys } from "./exported-keys";
import { CLI_TIMEOUT_MS, withCliProject } from "./project";
import { until } from "./running";

const PROGRAM = `
class Team extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("test:index:Team", name, {}, opts);
    this.key = new ApiKey(name + "-key", {}, { parent: this });
    this.sibling = new ApiKey(name + "-sibling", {}, { parent: this });
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
      const logicals = ["below-a-key", "inner-key", "inner-sibling", "plain", "team-key", "team-sibling"];
      expect(keys.map(({ logical }) => logical).sort()).toEqual(logicals);
      for (const { urn, logical, name } of keys) {
        expect(name).toBe(autoName(logical, identityOf(urn), 0));
      }
      expect((await project.destroy()).ok).toBe(true);
    }),
  CLI_TIMEOUT_MS,
);

describe("a create that is answered 503, while a colleague takes the name", () => {
  /** A resource that tells no seed, as a program could register it by hand; its name turns out to be none. */
  const SEEDLESS = `new pulumi.CustomResource("pulumi-nodejs:dynamic/aixplain:ApiKey", "by-hand",
    { __provider: ${JSON.stringify(DYNAMIC_STUB)}, budget: 1, name: pulumi.output(undefined) }, {});`;
  const NAMED = 'new ApiKey("wanted", { name: "wanted", budget: 1 });';

  test.each([
    ["without a seed", SEEDLESS, autoName("api-key", "", 0)],
    ["with a fixed name", NAMED, "wanted"],
  ])(
    "%s the colleague's key is not touched, and both readings are told",
    (_, program, name) =>
      withCliProject(
        async (project) => {
          const { controls } = project.emulator;
          project.program(program);
          controls.faults.add({ route: "createKey", kind: "status", status: 503 });
          const running = project.up();
          const asked = () => controls.requests().some(({ route }) => route === "createKey");
          await until(asked, "the create is refused");
          const colleague = controls.createKey({ name, budget: 99 });
          const { ok, text } = await running;
          expect(ok).toBe(false);
          expect(text).toContain(`now the key ${colleague.id} has that name`);
          expect(text).toContain("Nothing was removed");
          expect(controls.keys().find(({ id }) => id === colleague.id)).toEqual(colleague);
        },
        { latencyMs: 400 },
      ),
    CLI_TIMEOUT_MS,
  );
});
