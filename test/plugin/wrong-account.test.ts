import { startEmulator } from "aixplain-emulator";
import { CLI_TIMEOUT_MS } from "../cli/project";
import { program, withPluginProject } from "./project";

test(
  "with another account's key nothing is destroyed, forgotten or created anew, and with the right one nothing has changed",
  async () => {
    const other = await startEmulator({ adminKey: "another-admin-key-0123456789" });
    try {
      await withPluginProject(async (project) => {
        program(
          project,
          'new ApiKey("one", { budget: 1 }); new ApiKey("two", { name: "fixed", budget: 2 });',
        );
        expect((await project.up()).ok).toBe(true);
        const before = await project.exportedState();
        const wrong = { AIXPLAIN_API_KEY: other.adminKey, BACKEND_URL: other.url };
        for (const command of ["destroy", "refresh", "up"]) {
          const { ok, text } = await project.run([command, "--yes", "--skip-preview"], wrong);
          expect(ok).toBe(false);
          expect(text).toMatch(/aixplain:accountId|AIXPLAIN_ACCOUNT_ID/);
        }
        expect(other.controls.keys()).toHaveLength(1);
        expect(project.emulator.controls.keys()).toHaveLength(3);
        const resources = (text: string): unknown =>
          (JSON.parse(text) as { deployment: { resources: { id?: string }[] } }).deployment.resources.map(
            ({ id }) => id,
          );
        expect(resources(await project.exportedState())).toEqual(resources(before));
        expect((await project.up("--expect-no-changes")).ok).toBe(true);
        expect((await project.destroy()).ok).toBe(true);
      });
    } finally {
      await other.close();
    }
  },
  CLI_TIMEOUT_MS,
);
