import { startEmulator } from "aixplain-emulator";
import { CLI_TIMEOUT_MS } from "../cli/project";
import { filesWith } from "../cli/secrets";
import { program, withPluginProject } from "./project";

const SECOND = "canary-second-admin-0c4f6a81d29e7b35";

test(
  "one program manages two accounts and asks both; no state has an admin key in clear text, and the stack's own in none",
  async () => {
    const second = await startEmulator({ adminKey: SECOND });
    try {
      await withPluginProject(async (project) => {
        const { emulator, backend } = project;
        await project.must(["config", "set", "--secret", "aixplain:apiKey", emulator.adminKey]);
        await project.must(["config", "set", "aixplain:backendUrl", emulator.url]);
        const env = { SECOND_KEY: SECOND, AIXPLAIN_API_KEY: undefined, BACKEND_URL: undefined };
        const source = (apiKey: string) => `
const byKey = new Provider("by-key", { ${apiKey}, backendUrl: "${second.url}" });
const byVariable = new Provider("by-variable", { apiKeyEnv: "SECOND_KEY", backendUrl: "${second.url}" });
const own = new ApiKey("own", { budget: 1 });
const keyed = new ApiKey("keyed", { budget: 2 }, { provider: byKey });
new ApiKey("variable", { budget: 3 }, { provider: byVariable });
exports.budget = aixplain.getApiKeyOutput({ name: keyed.name }, { provider: byKey }).budget;
exports.names = aixplain.getApiKeysOutput({}, { dependsOn: [own] }).apply(({ apiKeys }) => apiKeys.map(({ name }) => name).sort());
exports.used = aixplain.getUsageOutput({ id: own.id }).total.requests.used;
exports.model = aixplain.getModel({ model: "openai/gpt-4o-mini/openai" }).then(({ id }) => id);
`;
        program(project, source(`apiKey: "${SECOND}"`));
        expect((await project.run(["up", "--yes"], env)).ok).toBe(true);
        expect(emulator.controls.keys()).toHaveLength(2);
        expect(second.controls.keys()).toHaveLength(3);
        const outputs: unknown = JSON.parse(await project.must(["stack", "output", "--json"]));
        const [, own] = emulator.controls.keys();
        expect(outputs).toEqual({
          budget: 2,
          names: ["Admin", own?.name],
          used: 0,
          model: "669a63646eb56306647e1091",
        });
        expect((await project.run(["preview", "--expect-no-changes"], env)).ok).toBe(true);

        const shown = await project.must(["stack", "export", "--show-secrets"]);
        expect(shown).not.toContain(emulator.adminKey);
        expect(shown).toContain(SECOND);
        expect(filesWith(backend.directory, [emulator.adminKey])).toEqual([]);
        expect(filesWith(backend.directory, [SECOND]).map((file) => file.split("/").at(-1))).toEqual([
          "index.js",
        ]);

        // By a variable's name instead of a key: the provider is updated, never replaced.
        program(project, source('apiKeyEnv: "SECOND_KEY"'));
        const changed = await project.run(["up", "--yes"], env);
        expect(changed.text).toContain("1 updated");
        expect(changed.text).not.toContain("replace");
        expect(await project.must(["stack", "export", "--show-secrets"])).not.toContain(SECOND);
        expect((await project.run(["destroy", "--yes"], env)).ok).toBe(true);
        expect(second.controls.keys()).toHaveLength(1);
      });
    } finally {
      await second.close();
    }
  },
  CLI_TIMEOUT_MS,
);
