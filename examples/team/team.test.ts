import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "aixplain-emulator";

describe("the keys of the team", () => {
  let emulator: Emulator;
  let stack: Stack;
  const state = mkdtempSync(join(tmpdir(), "team-"));

  beforeAll(async () => {
    emulator = await startEmulator();
    stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", workDir: __dirname },
      {
        envVars: {
          AIXPLAIN_API_KEY: emulator.adminKey,
          BACKEND_URL: emulator.url,
          PULUMI_BACKEND_URL: `file://${state}`,
          PULUMI_CONFIG_PASSPHRASE: "for this test only",
        },
        // The settings of the test's stack are of no use to anybody else.
        stackSettings: { test: {} },
      },
    );
    await stack.up();
  });

  afterAll(async () => {
    await stack?.destroy();
    await emulator?.close();
    rmSync(state, { recursive: true, force: true });
    rmSync(join(__dirname, "Pulumi.test.yaml"), { force: true });
  });

  const keys = () => emulator.controls.keys().filter(({ isAdmin }) => !isAdmin);

  test("share the budget but for the reserve, to the last credit", () => {
    const budgets = keys().map(({ budget }) => budget ?? 0);
    expect([...budgets].sort((a, b) => a - b)).toEqual([75, 125, 225, 375]);
    expect(budgets.reduce((sum, each) => sum + each, 0)).toBe(800);
  });

  test("come as one secret, by member and environment", async () => {
    const { accessKeys } = await stack.outputs();
    expect(accessKeys?.secret).toBe(true);
    expect(Object.keys(accessKeys?.value ?? {}).sort()).toEqual([
      "ada/dev",
      "ada/prod",
      "grace/dev",
      "grace/prod",
    ]);
    expect(Object.values(accessKeys?.value ?? {}).sort()).toEqual(
      keys()
        .map(({ accessKey }) => accessKey)
        .sort(),
    );
  });

  test("do not change in a second deployment", async () => {
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 6 });
  });
});
