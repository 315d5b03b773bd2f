import { startEmulator } from "aixplain-emulator";
import { command, limits, MODEL } from "./command-process";
import { everySecret, exportTo, inProject, keyNamed, said } from "./command-project";
import { CLI_TIMEOUT_MS, withCliProject } from "./project";

describe("npx pulumi-aixplain drift", () => {
  const PROGRAM = `
    new ApiKey("bot", { name: "bot", budget: 200, globalLimits: { tokensPerDay: 50, requestsPerDay: 9 } });
    new ApiKey("quiet", { name: "quiet", budget: pulumi.secret(31337), assetLimits: [{ model: "${MODEL}", requestsPerDay: 3 }] });
    new ApiKey("same", { name: "same" });`;

  test(
    "of a clean stack it says so and exits with 0; of a changed one it names each property and exits with 7",
    () =>
      withCliProject(async (project) => {
        project.program(PROGRAM);
        expect((await project.up()).ok).toBe(true);
        const { controls } = project.emulator;
        const clean = await inProject(project, ["drift", "--stack", "test"]);
        expect(clean).toMatchObject({ code: 0, stdout: "" });
        expect(clean.stderr).toContain('No drift: 3 keys of the stack "test" compared.');

        controls.updateKey("bot", { budget: 1000, globalLimits: limits({ tpd: 50, rpm: 4 }) });
        controls.updateKey("quiet", {
          budget: 42424,
          assetsLimits: [{ assetId: MODEL, ...limits({ rpd: 8 }) }],
        });
        const before = controls.requests().length;
        const drifted = await inProject(project, ["drift", "--stack", "test"]);
        expect(drifted.code).toBe(7);
        const bot = keyNamed(project, "bot");
        const quiet = keyNamed(project, "quiet");
        expect(drifted.stdout.split("\n")).toEqual([
          `changed  "bot" (${bot.id})`,
          "  budget 200 -> 1000",
          "  globalLimits.requestsPerMinute not set -> 4",
          "  globalLimits.requestsPerDay 9 -> not set",
          `changed  "quiet" (${quiet.id})`,
          "  budget [secret] -> [secret]",
          `  assetLimits["${MODEL}"].requestsPerDay 3 -> 8`,
          "",
        ]);
        expect(drifted.stderr).toContain('2 of 3 keys of the stack "test" differ');
        const json = await inProject(project, ["drift", "--stack", "test", "--json"]);
        expect(json.code).toBe(7);
        expect(JSON.parse(json.stdout).keys.map((key: { status: string }) => key.status)).toEqual([
          "changed",
          "changed",
          "same",
        ]);
        for (const answer of [clean, drifted, json]) {
          expect(said(answer)).not.toContain("31337");
          expect(said(answer)).not.toContain("42424");
          for (const secret of everySecret(project)) expect(said(answer)).not.toContain(secret);
        }
        // One list each, and nothing is written.
        expect(
          controls
            .requests()
            .slice(before)
            .map(({ method }) => method),
        ).toEqual(["GET", "GET"]);

        // Without its secrets a state says less, and the command says that.
        const file = await exportTo(project, "state.json");
        const partly = await command(project.emulator, ["drift", "--state", file]);
        expect(partly.code).toBe(7);
        expect(partly.stdout).toContain(`not compared in "quiet" (${quiet.id}): budget`);
        expect(partly.stdout).toContain("budget 200 -> 1000");

        expect((await project.up()).ok).toBe(true);
        expect((await inProject(project, ["drift", "--stack", "test"])).code).toBe(0);
      }),
    CLI_TIMEOUT_MS,
  );

  test(
    "a key that is gone counts as deleted in its own account only; in another both readings are told, with exit code 1",
    () =>
      withCliProject(async (project) => {
        project.program(PROGRAM);
        expect((await project.up()).ok).toBe(true);
        const { id } = keyNamed(project, "bot");
        const other = await startEmulator();
        try {
          const elsewhere = await inProject(project, ["drift", "--stack", "test"], other);
          expect(elsewhere.code).toBe(1);
          expect(elsewhere.stdout).toContain(`absent   "bot" (${id}): deleted, or in another account`);
          expect(elsewhere.stderr).toContain("If the run uses the wrong account");
          expect(elsewhere.stderr).toContain("If the account is right and the key was deleted there");
        } finally {
          await other.close();
        }
        project.emulator.controls.deleteKey("bot");
        const gone = await inProject(project, ["drift", "--stack", "test"]);
        expect(gone.code).toBe(7);
        expect(gone.stdout).toContain(`deleted  "bot" (${id}): it no longer exists in the account`);
        expect(await inProject(project, ["drift", "--stack", "none"])).toMatchObject({ code: 6, stdout: "" });
        expect(await inProject(project, ["drift"])).toMatchObject({
          code: 2,
          stderr: expect.stringContaining("--cwd requires --stack"),
        });
      }),
    CLI_TIMEOUT_MS,
  );
});
