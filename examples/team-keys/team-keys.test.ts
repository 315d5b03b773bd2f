import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "aixplain-emulator";

/** The program as it is, deployed by a real Pulumi CLI to an emulator: no account, no mock, nothing left behind. */
describe("the keys of the team", () => {
  let emulator: Emulator;
  let stack: Stack;
  const state = mkdtempSync(join(tmpdir(), "team-keys-"));

  beforeAll(async () => {
    emulator = await startEmulator();
    // A stopped clock: no minute can end between two requests that are meant to meet the same limit.
    emulator.controls.clock.set(Date.now());
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

  const run = (accessKey: string) =>
    fetch(`${emulator.modelsRunUrl}/6661df926d36df3b878e0697`, {
      method: "POST",
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello", max_tokens: 5 }),
    });

  test("there is one for each member, with the budget of its tier", () => {
    const budgets = emulator.controls.keys().filter(({ isAdmin }) => !isAdmin);
    expect(budgets.map(({ budget }) => budget).sort()).toEqual([200, 5, null]);
  });

  test("a trial key is refused its third request in a minute, and admitted again in the next", async () => {
    const { accessKeys } = await stack.outputs();
    const { grace }: Record<string, string> = accessKeys?.value ?? {};
    if (grace === undefined) throw new Error("the stack exports no access key for grace");
    const statuses = [await run(grace), await run(grace), await run(grace)].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 429]);
    emulator.controls.clock.advance(60_000);
    expect((await run(grace)).status).toBe(200);
  });

  test("a second deployment changes nothing", async () => {
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 4 });
  });
});
