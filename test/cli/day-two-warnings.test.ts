import { WARNINGS, type WarningId } from "../../provider/core/warning";
import { GUIDE_MODEL } from "../harness/stage";
import { CLI_TIMEOUT_MS, type CliProject, type Told, withCliProject } from "./project";

const IDS = Object.keys(WARNINGS) as WarningId[];
const SECOND_MODEL = "6414bd3cd09663e9225130e8";
const DAY_MS = 24 * 60 * 60 * 1000;

/** Nine requests with a key. */
async function use({ emulator }: CliProject, name: string): Promise<void> {
  const key = emulator.controls.keys().find((each) => each.name === name);
  for (let n = 0; n < 9; n += 1) {
    const { status } = await fetch(`${emulator.modelsRunUrl}/${GUIDE_MODEL}`, {
      method: "POST",
      headers: { "x-api-key": String(key?.accessKey), "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello", max_tokens: 1 }),
    });
    expect(status).toBe(200);
  }
}

const BEFORE = `
new ApiKey("stays", { name: "stays" });
new ApiKey("lower", { name: "lower", globalLimits: { requestsPerDay: 20 } });
new ApiKey("near", { name: "near", globalLimits: { requestsPerDay: 20 } });
new ApiKey("gone", { name: "gone", assetLimits: [{ model: "${SECOND_MODEL}", requestsPerMinute: 20 }] });
`;

/** One key for each warning. */
const after = (soon: string): string => `
const stays = new ApiKey("stays", { name: "stays" });
new ApiKey("lower", { name: "lower", globalLimits: { requestsPerDay: 5 } });
new ApiKey("near", { name: "near", globalLimits: { requestsPerDay: pulumi.secret(10) } });
new ApiKey("gone", { name: "gone", assetLimits: [{ model: "${SECOND_MODEL}", requestsPerMinute: 10 }] });
new ApiKey("soon", { name: "soon", expiresAt: "${soon}" });
new ApiKey("never", { name: "never", globalLimits: { tokensPerMinute: 500, tokensPerDay: 50 } });
new ApiKey("typed", { name: "typed", globalLimits: { requestsPerDay: 3, tokenType: "input" } });
new ApiKey("zero", { name: "zero", budget: 0 });
exports.plain = { nested: pulumi.interpolate\`key=\${pulumi.unsecret(stays.accessKey)}\` };
exports.secret = stays.accessKey;
`;

const levels = (level: string, ids = IDS) => ({
  AIXPLAIN_WARNINGS: JSON.stringify(Object.fromEntries(ids.map((id) => [id, level]))),
});

/** How often each id stands in what was told. */
const counts = (told: Told | undefined): Record<string, number> =>
  Object.fromEntries(
    IDS.map((id) => {
      const diagnostics = told?.text.slice(told.text.indexOf("Diagnostics:")) ?? "";
      return [id, diagnostics.split(`[${id}`).length - 1];
    }),
  );

const told: Record<string, Told> = {};
const asErrors: Partial<Record<WarningId, Told>> = {};
const reads: Record<string, string[]> = {};
let accessKey = "";

beforeAll(
  () =>
    withCliProject(async (project) => {
      const { controls } = project.emulator;
      project.program(BEFORE);
      await project.must(["up", "--yes", "--skip-preview"]);
      await use(project, "lower");
      await use(project, "near");
      accessKey = controls.keys().find(({ name }) => name === "stays")?.accessKey ?? "";
      controls.faults.add({ kind: "status", route: "getModel", status: 404, times: "always" });
      const soon = new Date(Date.now() + 8 * DAY_MS).toISOString().slice(0, 10);
      project.program(after(soon));
      const preview = async (title: string, env: Record<string, string>): Promise<Told> => {
        controls.requests.clear();
        const run = await project.run(["preview"], env);
        reads[title] = controls.requests().map(({ route }) => String(route));
        return run;
      };
      told.default = await preview("default", {});
      told.off = await preview("off", levels("off"));
      for (const id of IDS) asErrors[id] = await preview(id, levels("error", [id]));
      await project.must(["config", "set", "--path", "aixplain:warnings.zero", "error"]);
      told.config = await preview("config", {});
      await project.must(["config", "rm", "aixplain:warnings"]);
      told.misspelt = await preview("misspelt", { AIXPLAIN_WARNINGS: '{"limit-below-uses":"loud"}' });
      project.program(BEFORE);
      told.unchanged = await preview("unchanged", {});
      told.asked = await preview("asked", {
        AIXPLAIN_WARN_UNCHANGED_KEYS: "true",
        AIXPLAIN_WARN_USE_PERCENT: "40",
      });
    }),
  CLI_TIMEOUT_MS,
);

test("a preview has every warning once, with its id", () => {
  expect(told.default).toMatchObject({ ok: true });
  expect(counts(told.default)).toEqual(Object.fromEntries(IDS.map((id) => [id, 1])));
  for (const words of [
    'the key "lower": globalLimits.requestsPerDay is 5, below today\'s usage (9 requests since midnight UTC)',
    'the key "soon": expiresAt is',
    'The stack output "plain.nested" contains the access key',
  ]) {
    expect(told.default?.text).toContain(words);
  }
});

test("no warning shows a secret: no value that the program marked, and no access key", () => {
  expect(told.default?.text).toContain(
    'the key "near": globalLimits.requestsPerDay is a secret: most of a daily limit is used',
  );
  expect(accessKey).toMatch(/^[0-9a-f]{64}$/);
  // Only the stack's own output, which the program made plain, is shown by the engine.
  const lines = (told.default?.text ?? "").split("\n").filter((line) => line.includes("Warning"));
  expect(lines.length).toBeGreaterThanOrEqual(IDS.length);
  expect(lines.join("\n")).not.toContain(accessKey);
});

test("silenced, none is told, and nothing is read for them", () => {
  expect(told.off).toMatchObject({ ok: true });
  expect(Object.values(counts(told.off)).every((count) => count === 0)).toBe(true);
  expect(reads.off).toEqual(["listKeys"]);
  expect(reads.default?.sort()).toEqual(["getModel", "keyUsage", "keyUsage", "listKeys"]);
});

test.each(IDS)("made an error, it fails the preview: %s", (id) => {
  expect(asErrors[id]?.ok).toBe(false);
  expect(asErrors[id]?.text).toContain(`[${id}, made an error by the setting aixplain:warnings]`);
});

test("the stack's configuration sets a level by its path", () => {
  expect(told.config?.ok).toBe(false);
  expect(told.config?.text).toContain("[zero, made an error by the setting aixplain:warnings]");
});

test("an unknown id and an unknown level are refused, with the id that may have been meant", () => {
  expect(told.misspelt?.ok).toBe(false);
  expect(told.misspelt?.text).toContain("did you mean limit-below-use?");
  expect(told.misspelt?.text).toContain('has the text "loud"');
});

test("keys that do not change cost no call, unless the settings ask for it", () => {
  expect(told.unchanged).toMatchObject({ ok: true });
  expect(reads.unchanged).toEqual(["listKeys"]);
  expect(counts(told.unchanged)["use-above-threshold"]).toBe(0);
  expect(told.asked).toMatchObject({ ok: true });
  expect(counts(told.asked)["use-above-threshold"]).toBe(2);
  expect(counts(told.asked)["unknown-model"]).toBe(1);
  expect(reads.asked?.sort()).toEqual(["getModel", "keyUsage", "keyUsage", "listKeys"]);
});
