import { CLI_TIMEOUT_MS } from "../cli/project";
import { program, withPluginProject } from "./project";

const IGNORED = '{ ignoreChanges: ["budget", "globalLimits.tokensPerDay"] }';

test(
  "ignoreChanges leaves a live value to whoever changed it, also nested, and replaceOnChanges replaces",
  () =>
    withPluginProject(async (project) => {
      const { controls } = project.emulator;
      const declare = (limit: number, budget: number, options: string): void =>
        program(
          project,
          `new ApiKey("key", { name: "fixed", budget: ${budget}, globalLimits: { requestsPerDay: ${limit} } }, ${options});`,
        );
      const live = () => controls.keys().find(({ name }) => name === "fixed");
      declare(4, 3, IGNORED);
      expect((await project.up()).ok).toBe(true);
      controls.updateKey("fixed", { budget: 77, globalLimits: { rpd: 4, tpd: 99 } });
      expect((await project.preview("--expect-no-changes")).ok).toBe(true);
      declare(5, 3, IGNORED);
      expect((await project.up()).ok).toBe(true);
      expect(live()).toMatchObject({ budget: 77, globalLimits: { rpd: 5, tpd: 99 } });
      const first = live()?.id;

      declare(5, 4, '{ replaceOnChanges: ["budget"] }');
      expect(await project.must(["preview", "--diff"])).toContain("+-aixplain:index:ApiKey: (replace)");
      expect((await project.up()).ok).toBe(true);
      expect(live()).toMatchObject({ budget: 4, globalLimits: { rpd: 5, tpd: null } });
      expect(live()?.id).not.toBe(first);
      expect((await project.destroy()).ok).toBe(true);
    }),
  CLI_TIMEOUT_MS,
);
