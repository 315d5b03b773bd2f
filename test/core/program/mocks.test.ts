import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import {
  ApiKey,
  ApiKeySet,
  getApiKey,
  getApiKeyOutput,
  getApiKeys,
  getModel,
  getModelUsage,
  getModelUsageOutput,
  getUsage,
  getUsageOutput,
  RotatingApiKey,
} from "../../../provider";

const arrived = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });

describe("a program under Pulumi's mocks", () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end("[]");
  });
  const before = { ...process.env };

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env.AIXPLAIN_API_KEY = "an-admin-key";
    process.env.BACKEND_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: { ...inputs, accessKey: "mocked" } }),
      call: ({ token, inputs }) => ({ ...inputs, asked: token }),
    });
  });

  afterAll(async () => {
    process.env = before;
    await new Promise((resolve) => server.close(resolve));
  });

  test("touches no network, whichever way usage is asked for", async () => {
    const key = new ApiKey("ci-bot", { budget: 5, assetLimits: [{ model: "a/b/c", requestsPerDay: 1 }] });
    expect(await arrived(key.accessKey)).toBe("mocked");
    const nothing = { unavailable: expect.stringContaining("the program runs with Pulumi's mocks") };
    expect(await arrived(key.usage)).toEqual({ models: {}, ...nothing });
    expect(await arrived(key.usageOf("a/b/c"))).toEqual(nothing);
    expect(await getUsage({ id: "x" })).toEqual({ models: {}, ...nothing });
    expect(await getModelUsage({ id: "x", model: "a/b/c" })).toEqual(nothing);
    expect(await arrived(getUsageOutput({ id: key.id }))).toEqual({ models: {}, ...nothing });
    expect(await arrived(getModelUsageOutput({ id: key.id, model: "m" }))).toEqual(nothing);
    expect(seen).toEqual([]);
  });

  test("looks nothing up on the network: the mocks answer, by the tokens of the plugin's functions", async () => {
    expect(await getApiKey({ name: "bot", apiKey: "another" })).toEqual({
      name: "bot",
      asked: "aixplain:index:getApiKey",
    });
    expect(await arrived(getApiKeyOutput({ id: pulumi.output("x") }))).toMatchObject({ id: "x" });
    expect(await getApiKeys()).toEqual({ asked: "aixplain:index:getApiKeys" });
    expect(await getModel({ model: "m" })).toMatchObject({ model: "m" });
    await expect(getApiKey({})).rejects.toThrow("getApiKey: id or name must be set");
    expect(seen).toEqual([]);
  });

  test("has the keys of a set by member and environment, and their access keys as one secret", async () => {
    const set = new ApiKeySet("team", {
      budget: 10,
      defaults: { globalLimits: { requestsPerDay: 5 }, expiresAt: "2031-01-31" },
      environments: { dev: { share: 20, expiresAt: undefined }, prod: { share: 80 } },
      members: { ada: { share: 100, environments: { prod: { globalLimits: { requestsPerDay: 9 } } } } },
    });
    expect(Object.keys(set.keys)).toEqual(["ada/dev", "ada/prod"]);
    const prod = set.key("ada", "prod");
    expect(await arrived(pulumi.all([prod.budget, prod.globalLimits, prod.expiresAt]))).toEqual([
      8,
      { requestsPerDay: 9 },
      "2031-01-31",
    ]);
    expect(await arrived(set.key("ada", "dev").globalLimits)).toEqual({ requestsPerDay: 5 });
    expect(await arrived(prod.urn)).toMatch(/aixplain:index:ApiKeySet\$.*::team\/ada\/prod$/);
    expect(await pulumi.isSecret(set.accessKeys)).toBe(true);
    expect(await arrived(set.accessKeys)).toEqual({ "ada/dev": "mocked", "ada/prod": "mocked" });
    expect(() => set.key("ada", "pord")).toThrow(
      'has no key "ada/pord"; did you mean ada/prod? (known: ada/dev, ada/prod)',
    );
    expect(() => new ApiKeySet("none", { members: {} })).toThrow(
      'The set of API keys "none" cannot be declared: members is empty',
    );
  });

  test("declares several keys with one parent, which do not wait for each other", async () => {
    const team = new pulumi.ComponentResource("test:Team", "team");
    const keys = ["ada", "grace"].map((name) => new ApiKey(name, { budget: 5 }, { parent: team }));
    expect(await Promise.all(keys.map(({ id }) => arrived(id)))).toEqual(["ada-id", "grace-id"]);
  });

  test("declares the generations of a rotation that live at its instant, and reads nothing", async () => {
    process.env.AIXPLAIN_NOW = "2030-01-31T10:00:00Z";
    const bot = new RotatingApiKey("bot", { anchor: "2030-01-01", every: 30, overlap: 7 });
    expect(await arrived(bot.current)).toBe("mocked");
    expect(await arrived(pulumi.all([bot.generation, bot.rotatesAt, bot.previousRetiresAt]))).toEqual([
      "2030-01-31",
      "2030-03-02",
      "2030-02-07",
    ]);
    expect(await arrived(bot.previousUsedToday)).toBeUndefined();
    expect(await Promise.all([bot.current, bot.previous].map((each) => pulumi.isSecret(each)))).toEqual([
      true,
      true,
    ]);
    expect(seen).toEqual([]);
  });

  test("needs no runtime to be installed where the test runs", () => {
    const here = process.cwd();
    try {
      process.chdir("/");
      expect(() => new ApiKey("elsewhere")).not.toThrow();
    } finally {
      process.chdir(here);
    }
  });
});

describe("a secret among what usage is read with", () => {
  const isSecret = (args: Parameters<typeof getUsageOutput>[0]): Promise<boolean> =>
    pulumi.isSecret(getUsageOutput(args));

  test("makes the reading a secret, and nothing else does", async () => {
    expect(
      await isSecret({ id: "x", apiKey: "plain", backendUrl: pulumi.output("http://127.0.0.1:1") }),
    ).toBe(false);
    expect(await isSecret({ id: "x", apiKey: pulumi.secret("key") })).toBe(true);
    expect(await isSecret({ id: pulumi.secret("x") })).toBe(true);
    const model = getModelUsageOutput({
      id: "x",
      model: "m",
      backendUrl: pulumi.secret("http://127.0.0.1:1"),
    });
    expect(await pulumi.isSecret(model)).toBe(true);
  });
});
