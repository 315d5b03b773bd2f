import { systemClock } from "../../emulator/src/account/clock";
import type { Snapshot } from "../../emulator/src/index";
import { ADMIN_KEY, type Failure, GUIDE_MODEL, limits, NOON, type Rehearsal, rehearse } from "./rehearsal";

let it_: Rehearsal;
beforeEach(async () => {
  it_ = await rehearse({ controls: true });
});
afterEach(() => it_.close());

describe("the clock", () => {
  test("follows its base until it is set, and again once it is released", async () => {
    let base = NOON;
    const other = await rehearse({ clock: { now: () => base } });
    const { clock } = other.controls;
    base += 5;
    expect(clock.now()).toBe(NOON + 5);
    clock.advance(100);
    base += 5;
    expect(clock.now()).toBe(NOON + 110);
    clock.set("2027-01-01");
    base += 5;
    expect(clock.now()).toBe(Date.parse("2027-01-01"));
    clock.advance(1);
    expect(clock.now()).toBe(Date.parse("2027-01-01") + 1);
    clock.release();
    expect(clock.now()).toBe(NOON + 15);
    await other.close();
  });

  test("set back, lets every window start afresh at the earlier time", async () => {
    const { accessKey } = await it_.newKey("k", { globalLimits: { rpm: 1, rpd: 1 } });
    expect((await it_.run(accessKey)).status).toBe(200);
    it_.controls.clock.set("2024-02-29T23:59:59.999Z");
    expect((await it_.run(accessKey)).status).toBe(200);
    expect((await it_.run(accessKey)).headers["retry-after"]).toBe("1");
  });

  test("is told by the Date of each answer, and the real time where nobody has touched it", async () => {
    const { accessKey } = await it_.newKey("k", {});
    it_.controls.clock.set("2027-01-01T10:00:00.900Z");
    expect((await it_.run(accessKey)).headers.date).toBe("Fri, 01 Jan 2027 10:00:00 GMT");
    const real = await rehearse({ clock: systemClock });
    const told = Date.parse(String((await real.run("nobody")).headers.date));
    expect(Math.abs(told - Date.now())).toBeLessThan(60_000);
    await real.close();
  });

  test("takes no nonsense", () => {
    expect(() => it_.controls.clock.set("soon")).toThrow(RangeError);
    expect(() => it_.controls.clock.advance(Number.NaN)).toThrow(RangeError);
    expect(it_.controls.clock.now()).toBe(NOON);
  });
});

describe("behind the back of whoever manages the keys", () => {
  test("a key is changed, deleted and made, and no request is logged", async () => {
    const { id } = await it_.newKey("k", { budget: 5, globalLimits: { rpm: 1 } });
    it_.controls.requests.clear();
    it_.controls.updateKey("k", { budget: 7, expiresAt: new Date(NOON + 60_000) });
    const seen = (await it_.admin("GET", `/sdk/api-keys/${id}`)).json;
    expect(seen).toMatchObject({
      budget: 7,
      expiresAt: "2026-03-10T12:01:00.000Z",
      globalLimits: { rpm: 1 },
    });
    it_.controls.updateKey(id, { globalLimits: null, expiresAt: null });
    it_.controls.deleteKey(id);
    it_.controls.createKey({ name: "second admin", isAdmin: true, accessKey: "second-admin-0123" });
    expect((await it_.call("GET", "/sdk/api-keys", "second-admin-0123")).status).toBe(200);
    expect(it_.controls.requests().map(({ route }) => route)).toEqual(["getKey", "listKeys"]);
    expect(it_.controls.keys().map(({ name }) => name)).toEqual(["Admin", "second admin"]);
  });

  test.each(["", "short", "with a blank in it", "schlüssel-schlüssel", ADMIN_KEY])(
    "no key is made with the secret %p",
    (accessKey) => {
      expect(() => it_.controls.createKey({ name: "k", accessKey })).toThrow("accessKey");
      expect(it_.controls.keys()).toHaveLength(1);
    },
  );

  test("what the platform would refuse is refused here, too", async () => {
    await it_.newKey("k");
    expect(() => it_.controls.createKey({ name: "k" })).toThrow("already exists");
    expect(() => it_.controls.updateKey("k", { budget: -1 })).toThrow("budget");
    expect(() => it_.controls.updateKey("unknown", {})).toThrow("not found");
  });
});

test("a snapshot puts keys and counters back as they were, and is no part of what happens later", async () => {
  const { id, accessKey } = await it_.newKey("k", { globalLimits: { rpd: 2 } });
  await it_.run(accessKey);
  const snapshot = JSON.parse(JSON.stringify(it_.controls.snapshot()));
  await it_.run(accessKey);
  await it_.admin("DELETE", `/sdk/api-keys/${id}`);
  await it_.newKey("later");
  it_.controls.restore(snapshot);
  expect(it_.controls.keys().map(({ name }) => name)).toEqual(["Admin", "k"]);
  expect((await it_.usage(id))[0]?.requestCount).toBe(1);
  expect([(await it_.run(accessKey)).status, (await it_.run(accessKey)).status]).toEqual([200, 429]);
  expect(() => it_.controls.restore({ ...snapshot, keys: "none" })).toThrow();
  expect(it_.controls.keys()).toHaveLength(2);
});

test("an asynchronous run is no part of a snapshot: after a restore its address is unknown", async () => {
  const { accessKey } = await it_.newKey("k");
  const started = await it_.call<{ data: string }>("POST", `/api/v1/execute/${GUIDE_MODEL}`, accessKey, {
    data: "x",
  });
  const { pathname } = new URL(started.json.data);
  expect((await it_.call("GET", pathname, accessKey)).status).toBe(200);
  it_.controls.restore(it_.controls.snapshot());
  expect((await it_.call("GET", pathname, accessKey)).status).toBe(404);
});

test("a reset leaves the admin key alone, and nothing armed, logged or stopped", async () => {
  await it_.newKey("k");
  it_.controls.clock.set("2027-01-01");
  it_.controls.faults.add({ route: "*", kind: "status", status: 500, times: "always" });
  it_.controls.reset();
  expect(it_.controls.keys().map(({ name }) => name)).toEqual(["Admin"]);
  expect(it_.controls.requests()).toEqual([]);
  expect(it_.controls.clock.now()).toBe(NOON);
  expect((await it_.admin("GET", "/sdk/api-keys")).status).toBe(200);
});

test("the request log says what was asked and answered, and never holds a full key", async () => {
  const { accessKey } = await it_.newKey("k");
  await it_.run(accessKey);
  await it_.call("GET", `/v2/models/${GUIDE_MODEL}?key=${accessKey}`, undefined, undefined, {
    authorization: `Token ${accessKey}`,
  });
  await it_.call("GET", "/sdk/nothing", undefined);
  expect(it_.controls.requests()).toEqual([
    expect.objectContaining({
      method: "POST",
      route: "createKey",
      path: "/sdk/api-keys",
      status: 201,
      at: NOON,
    }),
    expect.objectContaining({
      route: "runModel",
      auth: "x-api-key",
      bytesIn: 31,
      bytesOut: expect.any(Number),
    }),
    expect.objectContaining({ route: "getModel", auth: "token", path: `/v2/models/${GUIDE_MODEL}` }),
    expect.objectContaining({ route: undefined, auth: "none", status: 501, keyHint: "" }),
  ]);
  const log = JSON.stringify(it_.controls.requests());
  expect(log).not.toContain(accessKey);
  expect(log).toContain(accessKey.slice(0, 4));
});

describe("over HTTP", () => {
  const control = <T = Record<string, unknown>>(
    method: "GET" | "PUT" | "POST" | "DELETE",
    path: string,
    body?: object,
  ) => it_.admin<T>(method, `/_emulator${path}`, body);

  test("every control does what its function does", async () => {
    expect((await control("PUT", "/clock", { now: "2027-01-01T00:00:00Z" })).json).toEqual({
      now: "2027-01-01T00:00:00.000Z",
    });
    expect((await control("POST", "/clock/advance", { ms: 1500 })).json).toEqual({
      now: "2027-01-01T00:00:01.500Z",
    });
    expect((await control("DELETE", "/clock")).json).toEqual({ now: "2026-03-10T12:00:00.000Z" });
    expect((await control("GET", "/clock")).json).toEqual({ now: "2026-03-10T12:00:00.000Z" });
    const fault = { route: "listKeys", kind: "status", status: 503, times: 2 };
    expect((await control("POST", "/faults", fault)).json).toEqual([fault]);
    expect((await it_.admin("GET", "/sdk/api-keys")).status).toBe(503);
    expect((await control("DELETE", "/faults")).json).toEqual([]);
    expect((await control<unknown[]>("GET", "/requests")).json).toHaveLength(1);
    expect((await control("DELETE", "/requests")).json).toEqual([]);
    const snapshot = (await control("GET", "/snapshot")).json;
    await it_.newKey("k");
    expect((await control("PUT", "/snapshot", snapshot)).status).toBe(200);
    expect(it_.controls.keys()).toHaveLength(1);
    await it_.newKey("k");
    expect((await control("POST", "/reset")).status).toBe(200);
    expect(it_.controls.keys()).toHaveLength(1);
  });

  test("what makes no sense is answered with 400", async () => {
    expect((await control("PUT", "/clock", { now: "soon" })).status).toBe(400);
    expect((await control("POST", "/clock/advance", {})).status).toBe(400);
    expect((await control("POST", "/faults", { route: "nowhere", kind: "status" })).status).toBe(400);
    expect((await control("PUT", "/snapshot", { keys: [] })).status).toBe(400);
  });

  const account = async () => (await control<Snapshot>("GET", "/snapshot")).json;
  const withCounters = (now: Snapshot, id: string, counters: object) => ({
    ...now,
    ledgers: Object.fromEntries([...Object.entries(now.ledgers), [id, counters]]),
  });
  const REFUSED: readonly [string, "PUT" | "POST", string, (now: Snapshot) => unknown][] = [
    ["a clock before 1970", "PUT", "/clock", () => ({ now: -1 })],
    ["a clock after the year 9999", "PUT", "/clock", () => ({ now: 1e15 })],
    ["a step past the year 9999", "POST", "/clock/advance", () => ({ ms: 1e300 })],
    ["a step before 1970", "POST", "/clock/advance", () => ({ ms: -1e14 })],
    ["an account without keys", "PUT", "/snapshot", (now) => ({ ...now, keys: [], ledgers: {} })],
    [
      "an account without an admin key",
      "PUT",
      "/snapshot",
      (now) => ({ ...now, keys: now.keys.map((key) => ({ ...key, isAdmin: false })) }),
    ],
    [
      "two keys of one id",
      "PUT",
      "/snapshot",
      (now) => ({ ...now, keys: now.keys.map((key) => ({ ...key, id: "same" })), ledgers: {} }),
    ],
    [
      "two keys of one secret",
      "PUT",
      "/snapshot",
      (now) => ({ ...now, keys: now.keys.map((key) => ({ ...key, accessKey: ADMIN_KEY })) }),
    ],
    [
      "two keys of one name",
      "PUT",
      "/snapshot",
      (now) => ({ ...now, keys: now.keys.map((key) => ({ ...key, name: "same" })) }),
    ],
    ...["constructor", "__proto__", "toString"].map(
      (id) =>
        [
          `a key whose id is ${id}`,
          "PUT",
          "/snapshot",
          (now: Snapshot) => ({ ...now, keys: [now.keys[0], { ...now.keys[1], id }] }),
        ] as (typeof REFUSED)[number],
    ),
    [
      "a key without a secret",
      "PUT",
      "/snapshot",
      (now) => ({ ...now, keys: [now.keys[0], { ...now.keys[1], accessKey: "" }] }),
    ],
    [
      "counters of a key that is not there",
      "PUT",
      "/snapshot",
      (now) => ({ ...now, ledgers: { ...now.ledgers, gone: { spent: 0, due: [], scopes: [] } } }),
    ],
    [
      "counters of __proto__",
      "PUT",
      "/snapshot",
      (now) => withCounters(now, "__proto__", { spent: 0, due: [], scopes: [] }),
    ],
    [
      "counters of models without those of the whole key, which would lift its limits",
      "PUT",
      "/snapshot",
      (now) => withCounters(now, now.keys[1]?.id ?? "", { spent: 0, due: [], scopes: [] }),
    ],
    [
      "a key with two limits for one model",
      "PUT",
      "/snapshot",
      (now) => {
        const one = { ...limits(), assetId: GUIDE_MODEL };
        return { ...now, keys: [now.keys[0], { ...now.keys[1], assetsLimits: [one, one] }] };
      },
    ],
    ["a snapshot of no time", "PUT", "/snapshot", (now) => ({ ...now, at: 1e300 })],
    [
      "a fault with a header that cannot be sent",
      "POST",
      "/faults",
      () => ({ route: "listKeys", kind: "status", status: 500, headers: { "a b": "c" } }),
    ],
    [
      "a fault with a header of two lines",
      "POST",
      "/faults",
      () => ({ route: "listKeys", kind: "status", status: 500, headers: { a: "b\r\nc: d" } }),
    ],
    [
      "a fault with a content type of two lines",
      "POST",
      "/faults",
      () => ({ route: "listKeys", kind: "body", body: "x", contentType: "a\nb" }),
    ],
    [
      "a fault with a field that no fault has",
      "POST",
      "/faults",
      () => ({ route: "listKeys", kind: "delay", ms: 1, tiems: 2 }),
    ],
    [
      "a fault that ignores a field that no key has",
      "POST",
      "/faults",
      () => ({ route: "createKey", kind: "ignore-fields", fields: ["bugdet"] }),
    ],
  ];

  test.each(REFUSED)("%s is answered with 400, and nothing changes", async (_what, method, path, body) => {
    await it_.newKey("k");
    const before = await account();
    const { status, json } = await control<Failure>(method, path, body(before) as object);
    expect(status).toBe(400);
    expect(json.problems.length).toBeGreaterThan(0);
    expect(await account()).toEqual(before);
    expect((await control<unknown[]>("GET", "/faults")).json).toEqual([]);
  });

  test("they are the admin's alone", async () => {
    const { accessKey } = await it_.newKey("member");
    expect((await it_.call("GET", "/_emulator/snapshot", accessKey)).status).toBe(403);
    expect((await it_.call("GET", "/_emulator/snapshot", undefined)).status).toBe(401);
  });

  test("they are off unless asked for", async () => {
    const other = await rehearse();
    expect((await other.admin("POST", "/_emulator/reset")).status).toBe(404);
    await other.close();
  });
});
