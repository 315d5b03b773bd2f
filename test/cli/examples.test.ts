import { join } from "node:path";
import { ensurePulumi } from "../../tools/pulumi-cli";
import { run } from "../../tools/pulumi-cli/process";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describe("examples, run as their READMEs say", () => {
  test.each(["team-keys", "team"])(
    "%s: npm test",
    async (example) => {
      const cli = await ensurePulumi();
      const env = cli.env({ AIXPLAIN_API_KEY: undefined, BACKEND_URL: undefined, TEAM_API_KEY: undefined });
      const { code, stdout, stderr } = await run("npm", ["test"], { cwd: join(EXAMPLES, example), env });
      expect(`${code}\n${stdout}${stderr}`).toMatch(/^0\n[\s\S]*Tests:\s+3 passed, 3 total/);
    },
    180_000,
  );
});
