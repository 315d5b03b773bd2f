import { CLI_TIMEOUT_MS, type CliProject, type Told } from "../cli/project";
import { GUIDE_MODEL } from "../harness/stage";
import { program, withPluginProject } from "./project";

async function use({ emulator }: CliProject): Promise<void> {
  const key = emulator.controls.keys().find(({ name }) => name === "lower");
  for (let n = 0; n < 3; n += 1) {
    const { status } = await fetch(`${emulator.modelsRunUrl}/${GUIDE_MODEL}`, {
      method: "POST",
      headers: { "x-api-key": String(key?.accessKey), "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello", max_tokens: 1 }),
    });
    expect(status).toBe(200);
  }
}

/** What is told of a resource, from its head among the diagnostics to the next. */
function diagnosticsOf({ text }: Told, head: string): string {
  const diagnostics = text.slice(text.indexOf("Diagnostics:"));
  const from = diagnostics.indexOf(head);
  return from < 0 ? "" : diagnostics.slice(from, diagnostics.indexOf("\n\n", from));
}

const BEFORE = `
new ApiKey("stays", { name: "stays" });
new ApiKey("lower", { name: "lower", globalLimits: { requestsPerDay: 9 } });
`;
const after = (limit: string, opts = "{}"): string => `
const stays = new ApiKey("stays", { name: "stays" });
new ApiKey("lower", { name: "lower", globalLimits: { requestsPerDay: ${limit} } });
new ApiKey("zero", { name: "zero", budget: 0 }, ${opts});
exports.plain = pulumi.unsecret(stays.accessKey);
`;

test(
  "warnings stand on the resource that they are about; a provider silences them, the configuration makes them errors",
  () =>
    withPluginProject(async (project) => {
      program(project, BEFORE);
      await project.must(["up", "--yes", "--skip-preview"]);
      await use(project);
      program(project, after("2"));
      const told = await project.preview();
      expect(told).toMatchObject({ ok: true });
      expect(diagnosticsOf(told, "aixplain:index:ApiKey (lower):")).toMatch(
        /requestsPerDay is 2, below today's usage \(3 requests.*\[limit-below-use\]/,
      );
      expect(diagnosticsOf(told, "aixplain:index:ApiKey (zero):")).toMatch(/budget is 0.*\[zero\]/);
      expect(diagnosticsOf(told, "pulumi:pulumi:Stack")).toContain("[plain-access-key]");

      program(project, after("pulumi.secret(2)"));
      const hidden = await project.preview();
      expect(diagnosticsOf(hidden, "aixplain:index:ApiKey (lower):")).toMatch(
        /requestsPerDay is a secret: a changed daily limit.*\[limit-below-use\]/,
      );

      const quiet = 'new Provider("quiet", { apiKeyEnv: "AIXPLAIN_API_KEY", warnings: { zero: "off" } })';
      program(project, after("2", `{ provider: ${quiet} }`));
      const silenced = await project.preview();
      expect(silenced).toMatchObject({ ok: true });
      expect(silenced.text).not.toContain("[zero]");
      expect(silenced.text).toContain("[limit-below-use]");

      program(project, after("2"));
      await project.must(["config", "set", "--path", "aixplain:warnings.limit-below-use", "error"]);
      const refused = await project.preview();
      expect(refused.ok).toBe(false);
      expect(refused.text).toContain("[limit-below-use, made an error by the setting aixplain:warnings]");
    }),
  CLI_TIMEOUT_MS,
);
