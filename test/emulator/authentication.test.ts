import { mask } from "../../emulator/src/account/api-key";
import { ADMIN_KEY, GUIDE_MODEL, NOON, type Rehearsal, rehearse } from "./rehearsal";

let it_: Rehearsal;
beforeEach(async () => {
  it_ = await rehearse();
});
afterEach(() => it_.close());

test.each([
  ["Authorization: Token", { authorization: `Token ${ADMIN_KEY}` }],
  ["x-api-key", { "x-api-key": ADMIN_KEY }],
  ["x-aixplain-key", { "x-aixplain-key": ADMIN_KEY }],
])("a key is taken from %s", async (_name, headers) => {
  expect((await it_.call("GET", "/sdk/api-keys", undefined, undefined, headers)).status).toBe(200);
});

test.each([
  ["no key at all", {}],
  ["an unknown key", { "x-api-key": "unknown-0123456789" }],
  ["another scheme", { authorization: `Bearer ${ADMIN_KEY}` }],
  ["an empty header", { "x-api-key": "" }],
  ["the masked key", { "x-api-key": mask(ADMIN_KEY) }],
])("%s is answered with 401 on every route", async (_name, headers) => {
  const routes = [
    ["GET", "/sdk/api-keys"],
    ["POST", "/sdk/api-keys"],
    ["GET", "/sdk/api-keys/id-1"],
    ["PUT", "/sdk/api-keys/id-1"],
    ["DELETE", "/sdk/api-keys/id-1"],
    ["GET", "/sdk/api-keys/usage-limits"],
    ["GET", "/sdk/api-keys/id-1/usage-limits"],
    ["GET", `/sdk/models/${GUIDE_MODEL}`],
    ["GET", `/v2/models/${GUIDE_MODEL}`],
    ["POST", `/api/v1/execute/${GUIDE_MODEL}`],
    ["POST", `/api/v2/execute/${GUIDE_MODEL}`],
    ["GET", "/api/v1/data/run"],
  ] as const;
  for (const [method, url] of routes) {
    const { status } = await it_.call(method, url, undefined, undefined, headers as Record<string, string>);
    expect([method, url, status]).toEqual([method, url, 401]);
  }
});

test("a member key manages no keys and sees no other key's usage, but its own", async () => {
  const { accessKey } = await it_.newKey("member");
  const routes = [
    ["GET", "/sdk/api-keys"],
    ["POST", "/sdk/api-keys"],
    ["GET", "/sdk/api-keys/id-1"],
    ["PUT", "/sdk/api-keys/id-1"],
    ["DELETE", "/sdk/api-keys/id-1"],
    ["GET", "/sdk/api-keys/id-1/usage-limits"],
  ] as const;
  for (const [method, url] of routes) expect((await it_.call(method, url, accessKey)).status).toBe(403);
  expect((await it_.call("GET", "/sdk/api-keys/usage-limits", accessKey)).status).toBe(200);
});

test("the admin key runs no models", async () => {
  expect((await it_.run(ADMIN_KEY)).status).toBe(403);
});

test("a key is refused from the very millisecond of its expiry on", async () => {
  const expiresAt = "2026-03-11T00:00:00Z";
  const { accessKey } = await it_.newKey("k", { expiresAt });
  it_.controls.clock.set(Date.parse(expiresAt) - 1);
  expect((await it_.run(accessKey)).status).toBe(200);
  it_.controls.clock.advance(1);
  expect((await it_.run(accessKey)).status).toBe(401);
  expect((await it_.call("GET", "/sdk/api-keys/usage-limits", accessKey)).status).toBe(401);
});

test("a later expiry lets an expired key in again, at once", async () => {
  const { id, accessKey } = await it_.newKey("k", { expiresAt: new Date(NOON).toISOString() });
  expect((await it_.run(accessKey)).status).toBe(401);
  await it_.admin("PUT", `/sdk/api-keys/${id}`, { expiresAt: null });
  expect((await it_.run(accessKey)).status).toBe(200);
});

test("a mask keeps four characters at either end, and nothing of a short key", () => {
  expect(mask("abcdefghijklmnop")).toBe("abcd********mnop");
  expect(mask("abcdefgh")).toBe("********");
  expect(mask("")).toBe("");
});
