import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { type Emulator, startEmulator } from "aixplain-emulator";

/** The program as it is, deployed by a real Pulumi CLI to an emulator whose days pass as the test says. */
describe("a rotation", () => {
  let emulator: Emulator;
  let stack: Stack;
  const state = mkdtempSync(join(tmpdir(), "rotation-"));

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
  });

  afterAll(async () => {
    await stack?.destroy();
    await emulator?.close();
    rmSync(state, { recursive: true, force: true });
    rmSync(join(__dirname, "Pulumi.test.yaml"), { force: true });
  });

  /** An update on a day, with the platform's clock at the same instant. */
  const updateAt = async (now: string) => {
    emulator.controls.clock.set(now);
    await stack.setConfig("aixplain:now", { value: now });
    await stack.up();
    const { accessKey, generation, rotatesAt, previousRetiresAt } = await stack.outputs();
    return {
      accessKey: String(accessKey?.value),
      generation: String(generation?.value),
      rotatesAt: String(rotatesAt?.value),
      previousRetiresAt: String(previousRetiresAt?.value),
    };
  };

  const call = async (accessKey: string) => {
    const { status } = await fetch(`${emulator.modelsRunUrl}/6661df926d36df3b878e0697`, {
      method: "POST",
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello", max_tokens: 5 }),
    });
    return status;
  };

  test("hands out a new key, keeps the old one for a week, and then ends it", async () => {
    const before = await updateAt("2030-06-01T08:00:00Z");
    const after = await updateAt(`${before.rotatesAt}T08:00:00Z`);
    expect(after.generation).toBe(before.rotatesAt);
    expect([await call(before.accessKey), await call(after.accessKey)]).toEqual([200, 200]);
    await updateAt(`${after.previousRetiresAt}T08:00:00Z`);
    expect([await call(before.accessKey), await call(after.accessKey)]).toEqual([401, 200]);
  });
});
