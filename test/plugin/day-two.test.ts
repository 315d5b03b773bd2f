import { CLI_TIMEOUT_MS, type CliProject } from "../cli/project";
import { program, withPluginProject } from "./project";

const keyOf = ({ emulator }: CliProject, name: string) =>
  emulator.controls.keys().find((key) => key.name === name);

const declare = (project: CliProject, args: string): void =>
  program(project, `new ApiKey("key", { name: "key", globalLimits: { tokensPerDay: 10 }, ${args} });`);

test(
  "through the plugin a key is adopted, boosted, suspended, brought back and left, and the preview shows each line",
  () =>
    withPluginProject(async (project) => {
      const theirs = project.emulator.controls.createKey({ name: "key" });
      const env = { THEIRS: theirs.accessKey };
      const up = () => project.run(["up", "--yes", "--skip-preview"], env);
      const preview = (...flags: string[]) => project.run(["preview", "--diff", ...flags], env);
      await project.must(["config", "set", "aixplain:now", "2099-01-31T12:00:00Z"]);

      const ADOPT = 'adopt: { name: "key", accessKey: process.env.THEIRS }';
      declare(project, ADOPT);
      expect((await preview()).text).toContain("is adopted: this stack manages it from this update on");
      expect(await up()).toMatchObject({ ok: true });
      expect(keyOf(project, "key")).toMatchObject({ id: theirs.id, globalLimits: { tpd: 10 } });
      const state = await project.exportedState();
      expect(state).not.toContain(theirs.accessKey);
      expect(await preview("--expect-no-changes")).toMatchObject({ ok: true });

      declare(project, 'boost: { until: "2099-02-01", globalLimits: { tokensPerDay: 50 } }');
      const boost = await preview();
      expect(boost.text).toContain("has higher limits until 2099-02-01");
      expect(boost.text).toMatch(/\+ boost/);
      expect(await up()).toMatchObject({ ok: true });
      expect(keyOf(project, "key")?.globalLimits?.tpd).toBe(50);
      expect(await preview("--expect-no-changes")).toMatchObject({ ok: true });
      await project.must(["config", "set", "aixplain:now", "2099-02-01T00:00:00Z"]);
      expect((await preview()).text).toMatch(/tokensPerDay\s*: 50 => 10/);

      declare(project, 'suspended: true, deletionPolicy: "keep"');
      const suspension = await preview();
      expect(suspension.text).toMatch(/\+ suspended\s*: true/);
      expect(suspension.text).toContain("will be suspended");
      expect(await up()).toMatchObject({ ok: true });
      expect(keyOf(project, "key")).toMatchObject({
        expiresAt: Date.parse("2000-01-01"),
        globalLimits: { tpd: 10 },
      });
      expect(await project.run(["refresh", "--yes", "--skip-preview", "--expect-no-changes"])).toMatchObject({
        ok: true,
      });
      declare(project, 'deletionPolicy: "keep"');
      expect(await up()).toMatchObject({ ok: true });
      expect(keyOf(project, "key")).toMatchObject({ expiresAt: null, accessKey: theirs.accessKey });

      const gone = await project.destroy();
      expect(gone.text).toContain('stays on the platform, by its deletionPolicy "keep"');
      expect(keyOf(project, "key")).toMatchObject({ id: theirs.id });
    }),
  CLI_TIMEOUT_MS,
);
