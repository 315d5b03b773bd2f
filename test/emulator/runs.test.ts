import { connect } from "node:net";
import { startEmulator } from "../../emulator/src/index";
import { countTokens } from "../../emulator/src/runs/tokenizer";
import {
  ADMIN_KEY,
  GUIDE_MODEL,
  limits,
  MINI,
  NOON,
  type Rehearsal,
  rehearse,
  SECOND_MODEL,
} from "./rehearsal";

let it_: Rehearsal;
beforeEach(async () => {
  it_ = await rehearse();
});
afterEach(() => it_.close());

test.each([
  ["on HTTP/1.0, where a request names no host", "HTTP/1.0"],
  ["for a host that is none", "HTTP/1.1\r\nhost: evil host/@\r\nconnection: close"],
])("a poll address is whole %s", async (_what, head) => {
  const emulator = await startEmulator({ adminKey: ADMIN_KEY });
  const { accessKey } = emulator.controls.createKey({ name: "old" });
  const { hostname, port } = new URL(emulator.url);
  const socket = connect({ host: hostname, port: Number(port) });
  const body = '{"data":"x"}';
  socket.write(
    `POST /api/v1/execute/${GUIDE_MODEL} ${head}\r\nx-api-key: ${accessKey}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  expect(text).toContain(`"${emulator.url}/api/v1/data/`);
  await emulator.close();
});

test("a log that throws fails the run that it was to record, and nothing else", async () => {
  let isBroken = false;
  const emulator = await startEmulator({
    adminKey: ADMIN_KEY,
    log: () => {
      if (isBroken) throw new Error("the log is full");
    },
  });
  const { accessKey } = emulator.controls.createKey({ name: "logged" });
  const run = () =>
    fetch(`${emulator.syncRunUrl}/${GUIDE_MODEL}`, {
      method: "POST",
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      body: '{"data":"x"}',
    });
  isBroken = true;
  expect((await run()).status).toBe(500);
  isBroken = false;
  expect((await run()).status).toBe(200);
  await emulator.close();
});

describe("a synchronous run", () => {
  test("answers in the shape that the SDK parses, with real token counts", async () => {
    const { accessKey } = await it_.newKey("k");
    const { status, json } = await it_.run(accessKey, {
      data: "The quick brown fox jumps over the lazy dog.",
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      status: "SUCCESS",
      completed: true,
      usage: { prompt_tokens: 10, completion_tokens: 16, total_tokens: 26 },
      usedCredits: 10 * 0.0005 + 16 * 0.0015,
    });
    expect(countTokens(json.data)).toBe(16);
  });

  test("answers the same to the same, and honours max_tokens", async () => {
    const { accessKey } = await it_.newKey("k");
    const [one, two] = [await it_.run(accessKey, { text: "hi" }), await it_.run(accessKey, { text: "hi" })];
    expect({ ...one?.json, requestId: "" }).toEqual({ ...two?.json, requestId: "" });
    for (const max_tokens of [0, 1, 5, 1000]) {
      const { json } = await it_.run(accessKey, { text: "hi", max_tokens });
      expect(json.usage.completion_tokens).toBe(Math.min(max_tokens, 16));
      expect(countTokens(json.data)).toBe(json.usage.completion_tokens);
    }
  });

  test("reads data, text, prompt, context and history, whatever their type", async () => {
    const { accessKey } = await it_.newKey("k");
    const input = async (body: object) => (await it_.run(accessKey, body)).json.usage.prompt_tokens;
    expect(await input({ data: "hello", context: null, prompt: null, history: null })).toBe(1);
    expect(await input({ data: "hello", context: "hello", prompt: "hello" })).toBe(3);
    expect(await input({ data: "", history: [{ role: "user", content: "hello" }] })).toBeGreaterThan(5);
    expect(await input({ data: 42 })).toBe(1);
    expect(await input({ data: "<|endoftext|>" })).toBe(7);
    expect(await input({ data: "" })).toBe(0);
  });

  test.each<[string, object | string, number]>([
    ["nothing to read", {}, 0],
    ["fields that only the model knows", { question: "hello", max_tokens: 0, temperature: 1 }, 1],
    ["a list", '["hello"]', 3],
    ["a text", '"hello"', 1],
    ["a number", "42", 1],
    ["null", "null", 0],
  ])("takes any JSON for a run: %s", async (_what, body, tokens) => {
    const { id, accessKey } = await it_.newKey("k");
    const { status, json } = await it_.run(accessKey, body as object);
    expect(status).toBe(200);
    expect(json.usage.prompt_tokens).toBe(tokens);
    expect((await it_.usage(id))[0]?.requestCount).toBe(1);
  });

  test("answers with details, the asset and an id of its own, as both SDK generations read them", async () => {
    const { accessKey } = await it_.newKey("k");
    const whole = (await it_.run(accessKey, { data: "hello" })).json;
    const short = (await it_.run(accessKey, { data: "hello", max_tokens: 2 })).json;
    expect(whole.details).toEqual([
      {
        index: 0,
        message: { role: "assistant", content: whole.data },
        logprobs: null,
        finish_reason: "stop",
      },
    ]);
    expect(short.details[0]?.finish_reason).toBe("length");
    expect(whole.asset).toEqual({ assetId: GUIDE_MODEL, id: GUIDE_MODEL });
    expect(whole.requestId).toMatch(/^[0-9a-f]{24}$/);
    expect(short.requestId).not.toBe(whole.requestId);
  });

  test("takes a model by its path as well as by its id", async () => {
    const { id, accessKey } = await it_.newKey("k");
    for (const model of [MINI.id, MINI.path, encodeURIComponent(MINI.path)]) {
      expect((await it_.run(accessKey, { data: "x" }, model)).status).toBe(200);
    }
    expect((await it_.usage(id))[1]).toMatchObject({ assetId: MINI.id, requestCount: 3 });
  });

  test.each([
    ["no body at all", "", [""]],
    [
      "bad numbers",
      { data: "x", max_tokens: -1, options: { stream: "yes" } },
      ["max_tokens", "options.stream"],
    ],
    ["a text for a number", { data: "x", max_tokens: "10" }, ["max_tokens"]],
    ["broken options", { data: "x", options: 5 }, ["options"]],
  ])("answers 400 to %s and counts nothing", async (_what, body, paths) => {
    const { id, accessKey } = await it_.newKey("k");
    const { status, json } = await it_.run(accessKey, body as object);
    expect(status).toBe(400);
    expect(json.problems.map(({ path }) => path)).toEqual(paths);
    expect((await it_.usage(id))[0]).toMatchObject({ requestCount: 0, tokenCount: 0 });
  });

  test("of a model that is not there is answered with 404", async () => {
    const { accessKey } = await it_.newKey("k");
    expect((await it_.run(accessKey, { data: "x" }, "unknown")).status).toBe(404);
  });
});

describe("a refused run", () => {
  test("says which limit of which scope refused it, when that frees, and how long to wait", async () => {
    it_.controls.clock.set(NOON + 18_500);
    const { id, accessKey } = await it_.newKey("k", {
      assetsLimits: [{ assetId: GUIDE_MODEL, rpm: 1, tpm: 3 }],
    });
    await it_.run(accessKey, { data: "hello", max_tokens: 2 });
    const before = await it_.usage(id);
    const { status, headers, json } = await it_.run(accessKey);
    expect(status).toBe(429);
    expect(headers["retry-after"]).toBe("42");
    expect(json.limit).toMatchObject({
      scope: "asset",
      assetId: GUIDE_MODEL,
      limit: "rpm",
      value: 1,
      used: 1,
      freesAt: "2026-03-10T12:01:00.000Z",
    });
    expect(json.limits.map(({ limit }) => limit)).toEqual(["rpm", "tpm"]);
    expect(json.error).toContain("requests per minute (rpm) of model");
    expect(await it_.usage(id)).toEqual(before);
  });

  test("has to wait for the last of the limits that refused it", async () => {
    const { accessKey } = await it_.newKey("k", { globalLimits: { rpm: 0, tpd: 0 } });
    const { headers, json } = await it_.run(accessKey);
    expect(headers["retry-after"]).toBe(String(12 * 3600));
    expect(json.limit).toMatchObject({ scope: "global", limit: "tpd", freesAt: "2026-03-11T00:00:00.000Z" });
  });

  test("waits no longer than the header says", async () => {
    const { accessKey } = await it_.newKey("k", { globalLimits: { rpm: 1 } });
    it_.controls.clock.set(NOON + 59_999);
    await it_.run(accessKey);
    const { headers } = await it_.run(accessKey);
    expect(headers["retry-after"]).toBe("1");
    it_.controls.clock.advance(1000);
    expect((await it_.run(accessKey)).status).toBe(200);
  });

  test("for the budget is answered with 402, until the budget is raised", async () => {
    const { id, accessKey } = await it_.newKey("k", { budget: 0.0005 });
    expect((await it_.run(accessKey)).status).toBe(200);
    const { status, json } = await it_.run(accessKey);
    expect(status).toBe(402);
    expect(json.message).toContain("budget of 0.0005 credits is used up");
    await it_.admin("PUT", `/sdk/api-keys/${id}`, { budget: 0.001 });
    expect((await it_.run(accessKey)).status).toBe(200);
    expect((await it_.run(accessKey)).status).toBe(402);
  });
});

describe("usage rows", () => {
  test("show the day's counts as a whole and for each model that is limited or was run", async () => {
    const { id, accessKey } = await it_.newKey("k", {
      globalLimits: { tpm: 100, tpd: 1000, rpm: 100, rpd: 1000 },
      assetsLimits: [{ assetId: GUIDE_MODEL, tpd: 30, rpd: 2 }],
    });
    await it_.run(accessKey, { data: "hello", max_tokens: 4 });
    await it_.run(accessKey, { data: "hello", max_tokens: 4 }, SECOND_MODEL);
    const rows = [
      { requestCount: 2, requestCountLimit: 1000, tokenCount: 10, tokenCountLimit: 1000 },
      {
        assetId: SECOND_MODEL,
        requestCount: 1,
        requestCountLimit: null,
        tokenCount: 5,
        tokenCountLimit: null,
      },
      { assetId: GUIDE_MODEL, requestCount: 1, requestCountLimit: 2, tokenCount: 5, tokenCountLimit: 30 },
    ];
    expect(await it_.usage(id)).toEqual(rows);
    expect((await it_.call("GET", "/sdk/api-keys/usage-limits", accessKey)).json).toEqual(rows);
  });

  test("start at zero with a new UTC day", async () => {
    const { id, accessKey } = await it_.newKey("k");
    await it_.run(accessKey);
    it_.controls.clock.set("2026-03-11T00:00:00Z");
    expect(await it_.usage(id)).toEqual([
      { requestCount: 0, requestCountLimit: null, tokenCount: 0, tokenCountLimit: null },
    ]);
  });

  test("keep showing the limit in force while GET shows the new one at once", async () => {
    const { id } = await it_.newKey("k", { globalLimits: { rpd: 10, tpd: 100 } });
    await it_.admin("PUT", `/sdk/api-keys/${id}`, { globalLimits: { rpd: 20, tpd: 50 } });
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).json.globalLimits).toEqual(
      limits({ rpd: 20, tpd: 50 }),
    );
    expect((await it_.usage(id))[0]).toMatchObject({ requestCountLimit: 10, tokenCountLimit: 100 });
    it_.controls.clock.set("2026-03-11T00:00:00Z");
    expect((await it_.usage(id))[0]).toMatchObject({ requestCountLimit: 20, tokenCountLimit: 50 });
  });
});

describe("an asynchronous run", () => {
  const start = (accessKey: string, body: object = { data: "hello" }, model = GUIDE_MODEL) =>
    it_.call<{ data: string; status: string; completed: boolean }>(
      "POST",
      `/api/v1/execute/${model}`,
      accessKey,
      body,
    );
  const path = (url: string) => new URL(url).pathname;

  test("answers with a poll address that serves the answer", async () => {
    const { accessKey } = await it_.newKey("k");
    const { status, json } = await start(accessKey);
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: "IN_PROGRESS", completed: false });
    const polled = await it_.call<{ status: string }>("GET", path(json.data), accessKey);
    expect(polled.json).toMatchObject({ status: "SUCCESS", completed: true, usage: { total_tokens: 17 } });
  });

  test("is under way until its time is over, and its output counts from then on", async () => {
    await it_.close();
    it_ = await rehearse({ asyncRunMs: 5_000 });
    it_.controls.clock.set(NOON);
    const { id, accessKey } = await it_.newKey("k", { globalLimits: { tpd: 10 } });
    const { json } = await start(accessKey);
    it_.controls.clock.advance(4_999);
    expect((await it_.call("GET", path(json.data), accessKey)).json).toEqual({
      status: "IN_PROGRESS",
      completed: false,
    });
    expect((await it_.usage(id))[0]?.tokenCount).toBe(1);
    it_.controls.clock.advance(1);
    expect((await it_.call("GET", path(json.data), accessKey)).json).toMatchObject({
      completed: true,
      runTime: 5,
    });
    expect((await it_.usage(id))[0]?.tokenCount).toBe(17);
    expect((await it_.run(accessKey)).status).toBe(429);
  });

  test("of a key that expires meanwhile still counts, and is served to the admin alone", async () => {
    await it_.close();
    it_ = await rehearse({ asyncRunMs: 5_000 });
    it_.controls.clock.set(NOON);
    const { id, accessKey } = await it_.newKey("k", { expiresAt: new Date(NOON + 1_000).toISOString() });
    const { json } = await start(accessKey);
    it_.controls.clock.advance(6_000);
    expect((await it_.call("GET", path(json.data), accessKey)).status).toBe(401);
    expect((await it_.admin("GET", path(json.data))).json).toMatchObject({ completed: true });
    expect((await it_.usage(id))[0]?.tokenCount).toBe(17);
  });

  test("is not shown to another key", async () => {
    const [mine, theirs] = [await it_.newKey("mine"), await it_.newKey("theirs")];
    const { json } = await start(mine.accessKey);
    expect((await it_.call("GET", path(json.data), theirs.accessKey)).status).toBe(404);
  });

  test("is refused like any other", async () => {
    const { accessKey } = await it_.newKey("k", { globalLimits: { rpm: 0 } });
    expect((await start(accessKey)).status).toBe(429);
  });

  test("is what a model that runs in the background makes of the synchronous address, too", async () => {
    const { accessKey } = await it_.newKey("k");
    expect((await it_.run(accessKey, { data: "x" }, "67fd9e2bef0365783d06e2f0")).json.status).toBe(
      "IN_PROGRESS",
    );
  });
});

test("a streamed run sends its words one by one, then the whole usage, then the end", async () => {
  const { id, accessKey } = await it_.newKey("k");
  const body = { text: "hello", max_tokens: 3, options: { stream: true } };
  const { headers, text } = await it_.run(accessKey, body);
  expect(headers["content-type"]).toContain("text/event-stream");
  const events = text
    .trimEnd()
    .split("\n\n")
    .map((line) => line.replace(/^data: /, ""));
  expect(events.at(-1)).toBe("[DONE]");
  const parsed = events.slice(0, -1).map((event) => JSON.parse(event));
  const { json } = await it_.run(accessKey, { text: "hello", max_tokens: 3 });
  expect(parsed.map(({ data }) => data).join("")).toBe(json.data);
  expect(parsed.at(-1)).toMatchObject({ status: "SUCCESS", completed: true, usage: json.usage });
  expect((await it_.usage(id))[0]?.tokenCount).toBe(8);
});
