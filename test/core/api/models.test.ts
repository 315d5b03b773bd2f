import { ApiKeysApi } from "../../../provider/api/api-keys";
import { connect } from "../../../provider/api/connect";
import { NotFoundError, UnexpectedAnswerError } from "../../../provider/api/errors";
import type { HttpRequest, HttpResponse } from "../../../provider/api/http";
import { isModelPath } from "../../../provider/core/model";
import { VirtualTime } from "./virtual-time";

const SETTINGS = { apiKey: "admin-key-CANARY", backendUrl: "https://platform.test" };

function platform(answers: (request: HttpRequest) => unknown) {
  const seen: HttpRequest[] = [];
  const time = new VirtualTime();
  const transport = async (request: HttpRequest): Promise<HttpResponse> => {
    seen.push(request);
    const answer = answers(request);
    return answer === undefined
      ? { status: 404, headers: {}, body: '{"message":"not found"}' }
      : { status: 200, headers: {}, body: JSON.stringify(answer) };
  };
  const world = { transport, now: time.now, sleep: time.sleep, random: () => 0 };
  return { ...connect(SETTINGS, world), seen };
}

describe("the id of a model", () => {
  it("is asked for once for each path, also by many at the same time", async () => {
    const { models, seen } = platform(({ path }) => ({ id: `id of ${path}` }));
    const [one, same, other] = await Promise.all([
      models.idOf("openai/gpt-4o-mini/openai"),
      models.idOf("openai/gpt-4o-mini/openai"),
      models.idOf("a/b"),
    ]);
    expect(one).toBe("id of /v2/models/openai%2Fgpt-4o-mini%2Fopenai");
    expect(same).toBe(one);
    expect(other).not.toBe(one);
    await models.idOf("a/b");
    expect(seen.map(({ path }) => path)).toEqual([
      "/v2/models/openai%2Fgpt-4o-mini%2Fopenai",
      "/v2/models/a%2Fb",
    ]);
  });

  it("is asked for again after a failure", async () => {
    let known = false;
    const { models, seen } = platform(() => (known ? { id: "id-1" } : undefined));
    await expect(models.idOf("a/b")).rejects.toBeInstanceOf(NotFoundError);
    known = true;
    await expect(models.idOf("a/b")).resolves.toBe("id-1");
    expect(seen).toHaveLength(2);
  });

  it("keeps a path with any characters in one part of the address", async () => {
    const { models, seen } = platform(() => ({ id: "id-1" }));
    await models.idOf("../../sdk/api-keys?x=1#y");
    expect(seen[0]?.path).toBe("/v2/models/..%2F..%2Fsdk%2Fapi-keys%3Fx%3D1%23y");
  });
});

it("a path has a slash and an id has none", () => {
  expect(["a/b/c", "a/b", "6661df926d36df3b878e0697", ""].map(isModelPath)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

describe("the calls on keys", () => {
  const LIVE = { id: "7", name: "ci-bot", accessKey: "abcd****wxyz", isAdmin: false };
  const BODY = {
    name: "ci-bot",
    budget: null,
    globalLimits: null,
    assetsLimits: [],
    expiresAt: null,
  };

  it("are those of the platform's own SDK", async () => {
    const rows = [{ requestCount: 1, requestCountLimit: 2, tokenCount: 3, tokenCountLimit: 4 }];
    const { keys, seen } = platform(({ method, path }) =>
      path.endsWith("usage-limits") ? rows : method === "GET" && path === "/sdk/api-keys" ? [LIVE] : LIVE,
    );
    expect(keys).toBeInstanceOf(ApiKeysApi);
    expect((await keys.list()).map((key) => key.live())).toEqual([await keys.get("7")]);
    expect(await keys.get("7")).toMatchObject({ name: "ci-bot", accessKeyHint: "abcd****wxyz" });
    expect(await keys.create({ name: "ci-bot" }, new Map())).toMatchObject({
      live: { id: "7" },
      accessKey: "abcd****wxyz",
    });
    expect(await keys.update("7", { name: "ci-bot" }, new Map())).toMatchObject({ id: "7" });
    expect((await keys.usage("7", 0)).total).toMatchObject({
      requests: { used: 1, limit: 2 },
      tokens: { used: 3 },
    });
    await keys.delete("7");
    expect(seen.map(({ attempt: _, ...sent }) => sent)).toEqual([
      { method: "GET", path: "/sdk/api-keys" },
      { method: "GET", path: "/sdk/api-keys/7" },
      { method: "GET", path: "/sdk/api-keys/7" },
      { method: "POST", path: "/sdk/api-keys", body: BODY },
      { method: "PUT", path: "/sdk/api-keys/7", body: { id: "7", ...BODY } },
      { method: "GET", path: "/sdk/api-keys/7/usage-limits" },
      { method: "DELETE", path: "/sdk/api-keys/7" },
    ]);
  });

  it("list every key by its id and its name, although one has no name and another one an unexpected shape", async () => {
    const odd = { id: "8", name: "odd", budget: "much" };
    const { keys } = platform(() => [LIVE, odd, { id: 9, name: null, budget: 5 }]);
    const [good, bad, nameless] = await keys.list();
    expect([good, bad, nameless].map((key) => [key?.id, key?.name])).toEqual([
      ["7", "ci-bot"],
      ["8", "odd"],
      ["9", ""],
    ]);
    expect(good?.live()).toMatchObject({ id: "7", name: "ci-bot" });
    expect(nameless?.live()).toMatchObject({ id: "9", name: "", budget: 5 });
    expect(() => bad?.live()).toThrow(UnexpectedAnswerError);
    expect(() => bad?.live()).toThrow(
      "GET /sdk/api-keys answered 200 with JSON of an unexpected shape (budget:",
    );
  });

  it("keep an id with any characters in one part of the address", async () => {
    const { keys, seen } = platform(() => LIVE);
    await keys.get("../models?x=#y z");
    expect(seen[0]?.path).toBe("/sdk/api-keys/..%2Fmodels%3Fx%3D%23y%20z");
  });

  it("say where the answer to a create has no access key", async () => {
    const { keys } = platform(() => ({ ...LIVE, accessKey: null }));
    expect((await keys.create({ name: "ci-bot" }, new Map())).accessKey).toBeUndefined();
  });
});
