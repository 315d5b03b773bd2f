import { z } from "zod";
import { MINI } from "../harness/stage";
import { CLI_TIMEOUT_MS, type CliProject, withCliProject } from "./project";

const OTHER = "6661df926d36df3b878e0697";

const HEAD = `
const { getModelUsage, getModelUsageOutput, getUsageOutput } = require("pulumi-aixplain");
const key = new ApiKey("bot", {
  name: "bot",
  globalLimits: { tokensPerDay: 1000 },
  assetLimits: [{ model: "${MINI.path}", requestsPerDay: 3 }, { model: "${OTHER}", requestsPerDay: 4 }],
});
const everyWay = {
  usage: key.usage,
  again: key.usage,
  byPath: key.usageOf("${MINI.path}"),
  byId: key.usageOf("${MINI.id}"),
  other: key.usageOf("${OTHER}"),
  unused: key.usageOf("669a63646eb56306647e0000"),
  output: getUsageOutput({ id: key.id }),
  model: getModelUsageOutput({ id: key.id, model: "${OTHER}" }),
};
`;

const scope = z.object({ requests: z.object({ used: z.number(), limit: z.number().optional() }) });
const usage = z.object({ total: scope, models: z.record(z.string(), scope) });
const outputs = z.object({
  usage,
  again: usage,
  byPath: scope,
  byId: scope,
  other: scope,
  unused: scope,
  output: usage,
  model: scope,
});

/** What was called since the last look, but for the calls that manage the key. */
function reads({ emulator }: CliProject): string[] {
  const routes = emulator.controls.requests().map(({ path }) => path);
  emulator.controls.requests.clear();
  return routes.filter((path) => path.includes("/usage-limits") || path.startsWith("/v2/models"));
}

const json = async (project: CliProject, ...flags: string[]): Promise<unknown> =>
  JSON.parse(await project.must(["stack", "output", "--json", ...flags]));

test(
  "usage is read once per key and run however often it is asked for, each model as it was declared",
  () =>
    withCliProject(async (project) => {
      project.program(`${HEAD}\nmodule.exports = everyWay;`);
      await project.must(["up", "--yes", "--skip-preview"]);
      const id = project.emulator.controls.keys().find(({ name }) => name === "bot")?.id;
      const reading = `/sdk/api-keys/${id}/usage-limits`;
      // The path is looked up by the process of the provider; the program finds its id in the state.
      const lookup = `/v2/models/${encodeURIComponent(MINI.path)}`;
      expect(reads(project).filter((path) => path === lookup || path.includes("usage"))).toEqual([
        lookup,
        reading,
      ]);
      const told = outputs.parse(await json(project));
      expect(Object.keys(told.usage.models).sort()).toEqual([OTHER, MINI.path]);
      expect(told.usage.models[MINI.path]?.requests.limit).toBe(3);
      expect(told.again).toEqual(told.usage);
      expect([told.byPath, told.byId]).toEqual([told.usage.models[MINI.path], told.usage.models[MINI.path]]);
      expect([told.other.requests.limit, told.model]).toEqual([4, told.other]);
      expect(told.unused.requests).toEqual({ used: 0 });
      // Nothing was declared where a key is named by its id alone.
      expect(Object.keys(told.output.models).sort()).toEqual([OTHER, MINI.id]);

      // A limit that changes: the preview of the update has the path from the program alone.
      project.program(
        `${HEAD.replace("requestsPerDay: 4", "requestsPerDay: 5")}\nmodule.exports = everyWay;`,
      );
      // The provider reads usage as well where a limit changes, for its warnings; here the program's readings count.
      const quiet = { AIXPLAIN_WARNINGS: '{"limit-below-use":"off","use-above-threshold":"off"}' };
      expect(await project.run(["preview"], quiet)).toMatchObject({ ok: true });
      expect(reads(project).filter((path) => path === reading)).toHaveLength(1);

      const plain = `
const config = new pulumi.Config();
module.exports = (async () => ({
  plain: await getUsage({ id: "${id}" }),
  model: await getModelUsage({ id: "${id}", model: "${MINI.path}" }),
  open: getUsageOutput({ id: "${id}" }),
  secret: getUsageOutput({ id: "${id}", apiKey: config.requireSecret("admin"), backendUrl: "${project.emulator.url}" }),
}))();`;
      project.program(`${HEAD}${plain}`);
      await project.must(["config", "set", "--secret", "admin", project.emulator.adminKey]);
      project.emulator.controls.requests.clear();
      const up = await project.up();
      expect(up).toMatchObject({ ok: true });
      expect(up.text).not.toContain(project.emulator.adminKey);
      expect(reads(project).filter((path) => path === reading)).toHaveLength(2);
      const shown = z.record(z.string(), z.unknown()).parse(await json(project));
      expect(shown.secret).toBe("[secret]");
      expect(shown.open).toEqual(shown.plain);
      const opened = z.object({ secret: z.unknown() }).parse(await json(project, "--show-secrets"));
      expect(opened.secret).toEqual(shown.plain);

      // Five askers of a key that is not there: one call, one warning, and no failed run.
      const gone = `for (let i = 0; i < 5; i++) exports["u" + i] = getModelUsageOutput({ id: "nobody", model: "${OTHER}" });`;
      project.program(`${HEAD}${gone}`);
      const { ok, text } = await project.preview();
      expect(ok).toBe(true);
      expect(text.match(/The usage of the key nobody could not be read/g)).toHaveLength(2);
      expect(reads(project).filter((path) => path.includes("nobody"))).toHaveLength(1);
      expect(await project.destroy()).toMatchObject({ ok: true });
    }),
  CLI_TIMEOUT_MS,
);
