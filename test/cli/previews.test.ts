import { CLI_TIMEOUT_MS, type CliProject, type Told, withCliProject } from "./project";

const keyNamed = ({ emulator }: CliProject, name: string) =>
  emulator.controls.keys().find((key) => key.name === name);

const told: Record<string, Told> = {};
let anew: number | null | undefined;

beforeAll(
  () =>
    withCliProject(async (project) => {
      const { controls } = project.emulator;
      controls.createKey({ name: "taken" });
      project.program(`
        new ApiKey("taken", { name: "taken", budget: 1 });
        new ApiKey("odd", { name: "odd", budget: 0, globalLimits: { tokensPerMinute: 500, tokensPerDay: 50, requestsPerDay: 3 },
          assetLimits: [{ model: "6661df926d36df3b878e0697", requestsPerDay: 9 }] });
        new ApiKey("typed", { name: "typed", globalLimits: { requestsPerDay: 3, tokenType: "input" } });`);
      told.preview = await project.preview();
      project.program(
        'new ApiKey("lost", { assetLimits: [{ model: "no such model", requestsPerDay: 9 }] });',
      );
      told.model = await project.preview();

      project.program(`
        new ApiKey("secret", { name: "secret", budget: pulumi.secret(4711), globalLimits: { requestsPerDay: 3 } });
        new ApiKey("vanishing", { name: "vanishing", budget: 1 });
        new ApiKey("expiring", { name: "expiring", expiresAt: "2099-01-01" });`);
      await project.must(["up", "--yes", "--skip-preview"]);
      controls.updateKey("secret", { budget: 8, globalLimits: { rpd: 4 } });
      told.drift = await project.preview();

      controls.deleteKey("vanishing");
      const state = await project.exportedState();
      // The same as waiting for the year 2099: the state and the program have a date that has passed.
      await project.import(state.replaceAll("2099-01-01", "2020-01-01"));
      controls.deleteKey("expiring");
      project.program(`
        new ApiKey("secret", { name: "secret", budget: pulumi.secret(4711), globalLimits: { requestsPerDay: 3 } });
        new ApiKey("vanishing", { name: "vanishing", budget: 2 });
        new ApiKey("expiring", { name: "expiring", expiresAt: "2020-01-01" });`);
      const quiet = { AIXPLAIN_DRIFT_CHECK: "false" };
      const up = ["up", "--yes", "--skip-preview"];
      told["without drift check"] = await project.run(up, quiet);
      told["as advised"] = await project.run([...up, "--refresh"], quiet);
      anew = keyNamed(project, "vanishing")?.budget;
      told.expired = await project.preview();
      told["expired, refreshed"] = await project.run(["refresh", "--yes", "--skip-preview"]);
      told["expired, updated"] = await project.up();
    }),
  CLI_TIMEOUT_MS,
);

describe("a preview tells what the update would refuse or nobody can mean", () => {
  test.each([
    ["a name that is taken", 'The name "taken" is taken by the key'],
    ["a minute that can never matter", "globalLimits.tokensPerMinute is 500, above tokensPerDay (50)"],
    ["a model's limit above the key's", "assetLimits[0].requestsPerDay is 9"],
    [
      "a 0",
      "is 0. For no limit, leave the property out. To stop the key for certain, suspend it or remove the resource. 0 is assumed to allow nothing",
    ],
    [
      "a token type without a token limit",
      'globalLimits.tokenType is "input", but has no effect without a limit of tokens',
    ],
  ])("%s", (_, words) => {
    expect(told.preview).toMatchObject({ ok: true });
    expect(told.preview?.text).toContain(words);
  });

  test("a model id that the platform does not know fails it", () => {
    expect(told.model?.ok).toBe(false);
    expect(told.model?.text).toContain(
      'assetLimits[0].model is "no such model", an id that the platform does not know',
    );
  });
});

test("drift of a value that the program marked secret is told without the value", () => {
  expect(told.drift?.text).toContain("budget [secret] -> [secret]");
  expect(told.drift?.text).toContain("globalLimits.requestsPerDay 3 -> 4");
  expect(told.drift?.text).not.toMatch(/4711/);
});

describe("a key that vanished while previews do not look", () => {
  test("fails its update with the way out", () => {
    expect(told["without drift check"]?.ok).toBe(false);
    expect(told["without drift check"]?.text).toContain("Run pulumi up --refresh");
  });

  test("is created anew by what the message says", () => {
    expect(told["as advised"]).toMatchObject({ ok: true });
    expect(anew).toBe(2);
  });
});

describe("a key that expired and that the platform removed", () => {
  test.each(["expired", "expired, refreshed", "expired, updated"])(
    "%s: does not block the stack, and is told",
    (title) => {
      expect(told[title]).toMatchObject({ ok: true });
      expect(told[title]?.text).toContain("expired on 2020-01-01, and no longer exists on the platform");
    },
  );
});

test(
  "an admin key in the stack's configuration that is no secret is refused before Pulumi writes it into the state",
  () =>
    withCliProject(async (project) => {
      const none = { AIXPLAIN_API_KEY: undefined };
      project.program('new ApiKey("key", { budget: 1 });');
      await project.must([
        "config",
        "set",
        "--plaintext",
        "aixplain:apiKey",
        String(project.env.AIXPLAIN_API_KEY),
      ]);
      const plain = await project.run(["up", "--yes", "--skip-preview"], none);
      expect(plain.ok).toBe(false);
      expect(plain.text).toContain("pulumi config set --secret aixplain:apiKey");
      expect(await project.exportedState()).not.toContain(project.emulator.adminKey);
      await project.must([
        "config",
        "set",
        "--secret",
        "aixplain:apiKey",
        String(project.env.AIXPLAIN_API_KEY),
      ]);
      expect(await project.run(["up", "--yes", "--skip-preview"], none)).toMatchObject({ ok: true });
      expect(await project.exportedState()).not.toContain(project.emulator.adminKey);
    }),
  CLI_TIMEOUT_MS,
);
