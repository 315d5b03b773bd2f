import { demo } from "../../tools/demo/index";
import { runModel } from "../../tools/demo/model-run";
import type { Stage } from "../../tools/demo/walk";
import { ensurePulumi, type PulumiCli } from "../../tools/pulumi-cli";
import { exportedKeys } from "./exported-keys";

class Transcript {
  text = "";
  readonly colors = false;
  write(text: string): void {
    this.text += text;
  }
}

describe("the real Pulumi CLI on examples/guide", () => {
  let cli: PulumiCli;
  beforeAll(async () => {
    cli = await ensurePulumi();
  }, 15 * 60_000);

  const onStage = async (play: (stage: Stage) => Promise<void>): Promise<string> => {
    const transcript = new Transcript();
    await demo(transcript, { cli, play });
    return transcript.text;
  };

  test("walks through the whole demo without a step that differs from what it tells", async () => {
    const transcript = new Transcript();
    await demo(transcript, { cli });
    expect(transcript.text).toContain("9. Destroy: nothing is left");
    expect(transcript.text).not.toContain("NOT AS TOLD");
  }, 240_000);

  test("keeps every secret out of what is printed and out of the state, and the state small", async () => {
    await onStage(async ({ stack, emulator, project }) => {
      project.edit([
        [
          "export const keyId",
          'const second = new ApiKey("second", { budget: 5 });\nexport const secondName = second.name;\nexport const keyId',
        ],
      ]);
      const texts = [await stack.preview("--diff"), await stack.up(), await stack.preview("--diff")];
      expect(texts.map(({ ok }) => ok)).toEqual([true, true, true]);
      const state = await stack.exportedState();
      const keys = emulator.controls.keys();
      expect(keys).toHaveLength(3);
      for (const { accessKey } of keys) {
        for (const text of [...texts.map((told) => told.text), state]) expect(text).not.toContain(accessKey);
      }
      const stubs = exportedKeys(state).flatMap(({ inputs, outputs }) => [
        inputs.__provider,
        outputs.__provider,
      ]);
      expect(stubs).toHaveLength(4);
      expect(new Set(stubs).size).toBe(1);
      expect(String(stubs[0]).length).toBeLessThan(100);
      expect(emulator.controls.keys().map(({ name }) => name)).toContainEqual(
        expect.stringMatching(/^second-[0-9a-f]{7}$/),
      );
      await stack.destroy();
    });
  }, 120_000);

  test("limits a model of the user's own, which the emulator has never heard of", async () => {
    const model = "507f1f77bcf86cd799439011";
    await onStage(async ({ stack, emulator, project }) => {
      project.edit([["6661df926d36df3b878e0697", model]]);
      expect((await stack.up()).ok).toBe(true);
      const { accessKey } = await stack.outputs();
      const statuses: number[] = [];
      for (const data of ["one", "two", "three"]) {
        statuses.push(
          (await runModel(emulator.modelsRunUrl, model, accessKey, { data, max_tokens: 2 })).status,
        );
      }
      expect(statuses).toEqual([200, 200, 429]);
      expect((await stack.up("--expect-no-changes")).ok).toBe(true);
      expect((await stack.outputs()).modelUsage).toMatchObject({ requests: { used: 2, remaining: 0 } });
      await stack.destroy();
    });
  }, 120_000);

  test("reports no change in the second preview and the second up, and after a refresh", async () => {
    await onStage(async ({ stack }) => {
      expect((await stack.up()).ok).toBe(true);
      expect((await stack.preview("--expect-no-changes")).ok).toBe(true);
      expect((await stack.up("--expect-no-changes")).ok).toBe(true);
      expect((await stack.up("--refresh", "--expect-no-changes")).ok).toBe(true);
      expect((await stack.destroy()).ok).toBe(true);
    });
  }, 120_000);

  test("fails a preview of a bad key before anything is created, naming every problem with its path", async () => {
    await onStage(async ({ stack, project, emulator }) => {
      project.edit([
        ["budget: 1000,", 'budget: -1, color: "red",'],
        ['expiresAt: "2030-11-29"', 'expiresAt: "2030-11-29T10:00:00Z"'],
        ["    requestsPerMinute: 100,", "    requestPerMinute: 100,"],
        ["tokensPerMinute: 100,", "tokensPerMinute: 1.5,"],
        ["tokensPerDay: 1000,", 'tokensPerDay: "1000",'],
        ["assetLimits: [", "assetLimits: [{ model, requestsPerDay: 1 },"],
        [
          'import { ApiKey } from "pulumi-aixplain";',
          '// @ts-nocheck\nimport { ApiKey } from "pulumi-aixplain";',
        ],
      ]);
      const { ok, text } = await stack.preview();
      expect(ok).toBe(false);
      for (const problem of [
        "budget must be 0 or more credits; got -1",
        "color is not a property of an API key",
        'expiresAt is not midnight UTC, and keys expire at midnight UTC only: write "2030-11-29" or "2030-11-30"',
        "globalLimits.requestPerMinute is not a property of limits; did you mean requestsPerMinute?",
        "globalLimits.tokensPerMinute must be a whole number; got 1.5",
        'globalLimits.tokensPerDay must be a whole number, 0 or more, not the text "1000": write 1000 without quotes',
        'assetLimits[1].model names "6661df926d36df3b878e0697" a second time, after assetLimits[0]',
      ]) {
        expect(text).toContain(problem);
      }
      expect(emulator.controls.keys().every(({ isAdmin }) => isAdmin)).toBe(true);
      expect(emulator.controls.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    });
  }, 120_000);
});
