import { CLI_TIMEOUT_MS } from "../cli/project";
import { filesWith } from "../cli/secrets";
import { program, withPluginProject } from "./project";

const NAME = "canary-name-5e1f7a20";
const BUDGET = 918273645;

const source = (from: string, budget: number): string => `
const { ApiKey: Key } = require("${from}");
const key = new Key("key", {
  name: pulumi.secret("${NAME}"),
  budget: pulumi.secret(${budget}),
  globalLimits: { tokensPerDay: pulumi.secret(${budget}), requestsPerDay: 1 },
});
exports.accessKey = key.accessKey;
exports.name = key.name;
`;

test(
  "no secret is printed or lies on the disk in clear text: the admin key, the access key, and what the program marked",
  () =>
    withPluginProject(async (project) => {
      const { controls, adminKey } = project.emulator;
      program(project, source("pulumi-aixplain", BUDGET));
      await project.must(["up", "--yes"]);
      const live = () => controls.keys().find(({ name }) => name === NAME);
      const canaries = [adminKey, String(live()?.accessKey), NAME, String(BUDGET)];
      const texts: string[] = [];
      const told = async (...args: string[]): Promise<string> => {
        const { text } = await project.run(args);
        texts.push(text);
        return text;
      };
      // The move, with a drift that the state does not know: told in words.
      controls.updateKey(NAME, { budget: BUDGET + 1 });
      canaries.push(String(BUDGET + 1));
      program(project, source("pulumi-aixplain/native", BUDGET));
      expect(await told("preview", "--diff")).toContain("budget [secret] -> [secret]");
      await told("up", "--yes", "--diff");
      expect(live()?.budget).toBe(BUDGET);
      // And one that the engine shows line by line.
      controls.updateKey(NAME, { budget: BUDGET + 1, globalLimits: { tpd: BUDGET + 1, rpd: 2 } });
      const shown = await told("preview", "--diff");
      expect(shown).toContain("budget");
      expect(shown).toContain("requestsPerDay");
      await told("refresh", "--yes", "--diff");
      program(project, source("pulumi-aixplain/native", -BUDGET));
      expect(await told("preview")).toContain("must be 0 or more");
      controls.faults.add({ kind: "ignore-fields", route: "updateKey", fields: ["budget"] });
      program(project, source("pulumi-aixplain/native", BUDGET));
      expect(await told("up", "--yes", "--skip-preview")).toContain("did not apply every property");
      await told("up", "--yes", "--skip-preview", "--diff");
      await told("stack", "export");
      expect(canaries.filter((each) => texts.some((text) => text.includes(each)))).toEqual([]);
      const files = filesWith(project.backend.directory, canaries).filter(
        (file) => !file.endsWith("index.js"),
      );
      expect(files).toEqual([]);
      await told("destroy", "--yes");
    }),
  CLI_TIMEOUT_MS,
);
