import { exportedKeys } from "../cli/exported-keys";
import { CLI_TIMEOUT_MS, type CliProject } from "../cli/project";
import { program, withPluginProject } from "./project";

/** Ten keys: named automatically, with a fixed name, below a component, below another key. */
const keys = (from: string): string => `
const { ApiKey: Key } = require("${from}");
class Team extends pulumi.ComponentResource {
  constructor(name) {
    super("test:index:Team", name);
    this.key = new Key(name + "-key", { budget: 1 }, { parent: this });
  }
}
const team = new Team("team");
new Key("below", { budget: 2 }, { parent: team.key });
for (let n = 0; n < 8; n++) {
  new Key("key-" + n, {
    ...(n === 1 ? { name: "fixed" } : {}),
    budget: n,
    assetLimits: [{ model: "openai/gpt-4o-mini/openai", requestsPerDay: 3 }],
  });
}
`;

interface Held {
  readonly id: string | undefined;
  readonly accessKey: unknown;
}

async function held(project: CliProject): Promise<ReadonlyMap<string, Held>> {
  const shown = await project.must(["stack", "export", "--show-secrets"]);
  const entries = exportedKeys(shown).map(({ urn, id, outputs }): [string, Held] => [
    urn.split("::").at(-1) ?? "",
    { id, accessKey: JSON.stringify(outputs.accessKey) },
  ]);
  return new Map(entries);
}

test(
  "a stack of ten keys moves from the dynamic provider to the plugin without a call that changes anything, and says that it cannot go back",
  () =>
    withPluginProject(async (project) => {
      const { controls } = project.emulator;
      program(project, keys("pulumi-aixplain"));
      expect((await project.up()).ok).toBe(true);
      const before = await held(project);
      const onServer = controls.keys();
      const calls = controls.requests().length;

      program(project, keys("pulumi-aixplain/native"));
      const planned = await project.preview("--diff", "--expect-no-changes");
      expect(planned.text).toContain("They cannot move back");
      expect(planned.ok).toBe(true);
      const moved = await project.up("--expect-no-changes");
      expect(moved.ok).toBe(true);
      expect(moved.text.match(/They cannot move back/g)?.length).toBeLessThanOrEqual(3);
      expect(controls.keys()).toEqual(onServer);
      const after = await held(project);
      expect(after.size).toBe(10);
      expect(after).toEqual(before);
      const state = exportedKeys(await project.exportedState());
      for (const { type, inputs } of state) {
        expect(type).toBe("aixplain:index:ApiKey");
        expect(inputs).not.toHaveProperty("__provider");
      }
      const second = await project.preview("--expect-no-changes");
      expect(second.ok).toBe(true);
      expect(second.text).not.toContain("no way back");

      expect((await project.run(["refresh", "--yes"])).ok).toBe(true);
      for (const { outputs } of exportedKeys(await project.exportedState())) {
        expect(outputs).not.toHaveProperty("__provider");
      }
      const written = controls
        .requests()
        .slice(calls)
        .filter(({ method }) => method !== "GET");
      expect(written).toEqual([]);
      expect((await project.destroy()).ok).toBe(true);
    }),
  CLI_TIMEOUT_MS,
);
