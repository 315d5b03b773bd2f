import { checkConfig, configChanged, settingsOf, surroundings } from "../../provider/plugin/config";

const KEY = "canary-admin-7f3a9c51e0b84d26";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const around = (stack: object = {}, env: Record<string, string> = {}) =>
  surroundings({ ...env, PULUMI_CONFIG: JSON.stringify(stack) });

describe("the provider of the stack's configuration", () => {
  test("keeps its key out of the state and takes it from the environment of the engine", () => {
    const stack = { apiKey: KEY, backendUrl: "http://127.0.0.1:1" };
    const { inputs, problems } = checkConfig("default_0_1_0", stack, around(stack));
    expect(problems).toEqual([]);
    expect(inputs).toEqual({ backendUrl: "http://127.0.0.1:1" });
    expect(settingsOf("default_0_1_0", inputs, around(stack)).apiKey).toBe(KEY);
  });

  test("keeps a key as a secret where the engine hands no configuration over", () => {
    const { inputs } = checkConfig("default", { apiKey: KEY }, surroundings({}));
    expect(inputs).toEqual({ apiKey: { ...SECRET, value: KEY } });
  });

  test("finds the key in the environment variables of the platform's SDK", () => {
    expect(settingsOf("default", {}, around({}, { TEAM_API_KEY: KEY })).apiKey).toBe(KEY);
  });

  test("goes by the configuration of now where the state has an older one", () => {
    const old = { apiKey: "canary-old", backendUrl: "http://127.0.0.1:1", driftCheck: "false" };
    const now = around({ apiKey: KEY, backendUrl: "http://127.0.0.1:2" });
    expect(settingsOf("default", old, now)).toMatchObject({
      apiKey: KEY,
      backendUrl: "http://127.0.0.1:2",
      driftCheck: false,
    });
  });

  test("tells what is missing, in the words of the settings", () => {
    const { problems } = checkConfig("default", { driftCheck: "perhaps" }, around());
    expect(problems.join()).toContain("there is no admin key");
    expect(problems.join()).toContain('aixplain:driftCheck is "perhaps"');
  });

  test("leaves settings alone that a project of the same name has of its own", () => {
    expect(checkConfig("default", { colour: "red" }, around({ apiKey: KEY })).problems).toEqual([]);
  });
});

describe("an explicit provider", () => {
  test("keeps its key as a secret, even where it is that of the stack", () => {
    const { inputs } = checkConfig("two", { apiKey: KEY }, around({ apiKey: KEY }));
    expect(inputs).toEqual({ apiKey: { ...SECRET, value: KEY } });
  });

  test("takes its key from the variable that it names", () => {
    const env = { RESEARCH: KEY };
    expect(settingsOf("two", { apiKeyEnv: "RESEARCH" }, around({}, env)).apiKey).toBe(KEY);
    expect(checkConfig("two", { apiKeyEnv: "RESEARCH" }, around({}, env)).inputs).toEqual({
      apiKeyEnv: "RESEARCH",
    });
  });

  test("never falls back on the key of the stack, which may be another account's", () => {
    const { problems } = checkConfig("two", {}, around({ apiKey: KEY }, { AIXPLAIN_API_KEY: KEY }));
    expect(problems).toEqual([expect.stringContaining("The provider two has no admin key")]);
  });

  test.each([
    [{ apiKeyEnv: "NOBODY" }, "NOBODY (apiKeyEnv), which is not set"],
    [{ apiKeyEnv: "X", apiKey: KEY }, "has both apiKey and apiKeyEnv"],
    [{ apiKey: KEY, colour: 1 }, "colour is not a setting of the provider"],
  ])("is refused: %j", (given, words) => {
    const { problems } = checkConfig("two", given, around());
    expect(problems.join()).toContain(words);
    expect(problems.join()).not.toContain(KEY);
  });

  test("takes what it leaves out, other than the key, from the stack, and booleans and numbers as they are", () => {
    const stack = { backendUrl: "http://127.0.0.1:1", timeoutSeconds: "7" };
    const settings = settingsOf("two", { apiKey: KEY, driftCheck: false }, around(stack));
    expect(settings).toMatchObject({
      backendUrl: "http://127.0.0.1:1",
      timeoutMs: 7000,
      driftCheck: false,
    });
  });

  test("is not judged in a preview that does not know a setting yet", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(checkConfig("two", { apiKey: unknown }, around()).problems).toEqual([]);
  });
});

test("a change of version or place is no change of a provider, a change of a setting is one", () => {
  expect(configChanged({ version: "0.1.0", apiKey: KEY }, { version: "0.2.0", apiKey: KEY })).toBe(false);
  expect(configChanged({ apiKey: KEY }, { apiKeyEnv: "RESEARCH" })).toBe(true);
});
