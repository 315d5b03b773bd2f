import { join } from "node:path";
import { ensurePulumi } from "../../tools/pulumi-cli";
import { run } from "../../tools/pulumi-cli/process";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describe("examples, run as their READMEs say", () => {
  test.each([
    ["team-keys", 3],
    ["team", 3],
    ["rotation", 1],
  ])(
    "%s: npm test",
    async (example, tests) => {
      const cli = await ensurePulumi();
      const env = cli.env({ AIXPLAIN_API_KEY: undefined, BACKEND_URL: undefined, TEAM_API_KEY: undefined });
      const { code, stdout, stderr } = await run("npm", ["test"], { cwd: join(EXAMPLES, example), env });
      expect(`${code}\n${stdout}${stderr}`).toMatch(
        new RegExp(`^0\\n[\\s\\S]*Tests:\\s+${tests} passed, ${tests} total`),
      );
    },
    180_000,
  );
});
