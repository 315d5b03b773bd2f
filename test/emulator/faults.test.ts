import type { Fault } from "../../emulator/src/index";
import type { WireKey } from "../../emulator/src/wire/shapes";
import { NOON, type Rehearsal, rehearse } from "./rehearsal";

let it_: Rehearsal;
beforeEach(async () => {
  it_ = await rehearse();
});
afterEach(() => it_.close());

const arm = (fault: Fault) => it_.controls.faults.add(fault);
const list = () => it_.admin<WireKey[]>("GET", "/sdk/api-keys");
const create = (name: string) => it_.admin("POST", "/sdk/api-keys", { name });
const names = () => it_.controls.keys().map(({ name }) => name);

describe("which calls a fault strikes", () => {
  test("one unless told otherwise, on its own route", async () => {
    arm({ route: "listKeys", kind: "status", status: 500 });
    expect((await create("a")).status).toBe(201);
    expect([(await list()).status, (await list()).status]).toEqual([500, 200]);
  });

  test("so many, or always, until it is cleared", async () => {
    arm({ route: "*", kind: "status", status: 502, times: 2 });
    expect([(await list()).status, (await create("a")).status, (await list()).status]).toEqual([
      502, 502, 200,
    ]);
    arm({ route: "*", kind: "status", status: 503, times: "always" });
    for (let call = 0; call < 5; call += 1) expect((await list()).status).toBe(503);
    it_.controls.faults.clear();
    expect((await list()).status).toBe(200);
  });

  test("after the first so many", async () => {
    arm({ route: "listKeys", kind: "status", status: 500, skip: 2 });
    expect([(await list()).status, (await list()).status, (await list()).status]).toEqual([200, 200, 500]);
  });

  test("only about one key, by its name or id, in the address, the body or as the caller", async () => {
    const { id, accessKey } = await it_.newKey("struck");
    const other = await it_.newKey("spared");
    for (const key of [id, "struck"]) {
      arm({ route: "*", kind: "status", status: 500, times: "always", key });
      expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).status).toBe(500);
      expect((await it_.admin("GET", `/sdk/api-keys/${other.id}`)).status).toBe(200);
      expect((await it_.run(accessKey)).status).toBe(500);
      expect((await it_.run(other.accessKey)).status).toBe(200);
      expect((await list()).status).toBe(200);
      it_.controls.faults.clear();
    }
    arm({ route: "createKey", kind: "status", status: 500, key: "new" });
    expect([(await create("old")).status, (await create("new")).status]).toEqual([201, 500]);
  });

  test("the one that was armed first goes first", async () => {
    arm({ route: "listKeys", kind: "status", status: 500 });
    arm({ route: "listKeys", kind: "status", status: 502 });
    expect([(await list()).status, (await list()).status]).toEqual([500, 502]);
  });
});

describe("what a fault does", () => {
  test("a status comes instead of the work, with its own headers and body", async () => {
    arm({
      route: "createKey",
      kind: "status",
      status: 429,
      headers: { "retry-after": "7" },
      body: { message: "slow" },
    });
    const { status, headers, json } = await create("a");
    expect([status, headers["retry-after"], json.message]).toEqual([429, "7", "slow"]);
    expect(names()).toEqual(["Admin"]);
  });

  test("a delay answers late, with the work done", async () => {
    arm({ route: "createKey", kind: "delay", ms: 30 });
    const started = performance.now();
    expect((await create("a")).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThanOrEqual(28);
  });

  test("a connection cut before the work leaves nothing behind", async () => {
    arm({ route: "createKey", kind: "drop-before" });
    await expect(create("a")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(names()).toEqual(["Admin"]);
    expect(it_.controls.requests()).toEqual([expect.objectContaining({ route: "createKey", status: 0 })]);
  });

  test("a connection cut after the work leaves the work done", async () => {
    arm({ route: "createKey", kind: "drop-after" });
    await expect(create("a")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(names()).toEqual(["Admin", "a"]);
    expect((await create("b")).status).toBe(201);
  });

  test.each([
    ["broken JSON", { body: '{"id": ', contentType: undefined }],
    ["a page of HTML", { body: "<html>Bad gateway</html>", contentType: "text/html", status: 502 }],
    ["nothing", { body: "" }],
    ["the wrong shape", { body: '{"keys": []}' }],
  ])(
    "the answer is replaced by %s, with the work done",
    async (_what, {
      contentType,
      ...rest
    }: { body: string; contentType?: string | undefined; status?: number }) => {
      arm({
        route: "createKey",
        kind: "body",
        ...rest,
        ...(contentType === undefined ? {} : { contentType }),
      });
      const { status, headers, text } = await create("a");
      expect(text).toBe(rest.body);
      expect(status).toBe(rest.status ?? 201);
      expect(headers["content-type"]).toBe(contentType ?? "application/json; charset=utf-8");
      expect(names()).toEqual(["Admin", "a"]);
    },
  );

  test("fields are laid over the answer or taken out of it, in each item of a list", async () => {
    arm({ route: "createKey", kind: "merge", remove: ["accessKey"] });
    const { json } = await create("a");
    expect(json).toMatchObject({ name: "a" });
    expect(json).not.toHaveProperty("accessKey");
    arm({ route: "listKeys", kind: "merge", merge: { budget: null, accessKey: null, extra: [1] } });
    for (const key of (await list()).json)
      expect(key).toMatchObject({ budget: null, accessKey: null, extra: [1] });
  });

  test("fields of a create or update are passed over", async () => {
    arm({ route: "createKey", kind: "ignore-fields", fields: ["budget"] });
    const { id } = (await it_.admin("POST", "/sdk/api-keys", { name: "a", budget: 5 })).json;
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).json.budget).toBeNull();
    await it_.admin("PUT", `/sdk/api-keys/${id}`, { budget: 7 });
    arm({ route: "updateKey", kind: "ignore-fields", fields: ["budget"] });
    const { json } = await it_.admin("PUT", `/sdk/api-keys/${id}`, { name: "b", budget: null });
    expect(json).toMatchObject({ name: "b", budget: 7 });
  });

  test("a stale answer comes from before the newest write", async () => {
    const { id } = await it_.newKey("a", { budget: 1 });
    await it_.admin("PUT", `/sdk/api-keys/${id}`, { budget: 2 });
    arm({ route: "getKey", kind: "stale" });
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).json.budget).toBe(1);
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).json.budget).toBe(2);
    await it_.newKey("b");
    arm({ route: "listKeys", kind: "stale" });
    expect((await list()).json.map(({ name }) => name)).toEqual(["Admin", "a"]);
    await it_.admin("DELETE", `/sdk/api-keys/${id}`);
    arm({ route: "getKey", kind: "stale" });
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).status).toBe(200);
  });

  test("a stale answer may hide what was created in the last moments", async () => {
    it_.controls.clock.set(NOON);
    await it_.newKey("old");
    it_.controls.clock.advance(10_000);
    const { id } = await it_.newKey("new");
    arm({ route: "*", kind: "stale", hideNewerThanMs: 5_000, times: 2 });
    expect((await list()).json.map(({ name }) => name)).toEqual(["Admin", "old"]);
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).status).toBe(404);
    it_.controls.clock.advance(5_000);
    arm({ route: "listKeys", kind: "stale", hideNewerThanMs: 5_000 });
    expect((await list()).json).toHaveLength(3);
  });
});

test("a fault that makes no sense is refused when it is armed", () => {
  expect(() => arm({ route: "nowhere", kind: "status", status: 500 } as unknown as Fault)).toThrow();
  expect(() => arm({ route: "*", kind: "status", status: 42 })).toThrow();
  expect(() => arm({ route: "*", kind: "drop-before", times: 0 })).toThrow();
});

test("management answers can be slow, and more calls than the rate allows are answered with 429", async () => {
  const lines: string[] = [];
  const slow = await rehearse({ latencyMs: 30, log: (line) => lines.push(line) });
  const started = performance.now();
  await slow.admin("GET", "/sdk/api-keys");
  expect(performance.now() - started).toBeGreaterThanOrEqual(28);
  expect(Number(/ ([\d.]+)ms /.exec(lines[0] ?? "")?.[1])).toBeGreaterThanOrEqual(28);
  await slow.close();
  let now = NOON;
  const limited = await rehearse({ managementRateLimit: { perSecond: 2 }, clock: { now: () => now } });
  const call = () => limited.admin("GET", "/sdk/api-keys");
  expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
  const { status, headers } = await call();
  expect([status, headers["retry-after"]]).toEqual([429, "1"]);
  now += 1_000;
  const { accessKey } = await limited.newKey("k");
  for (let run = 0; run < 5; run += 1) expect((await limited.run(accessKey)).status).toBe(200);
  await limited.close();
});
