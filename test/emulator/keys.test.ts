import type { WireKey, WireUsage } from "../../emulator/src/wire/shapes";
import { ADMIN_KEY, type Failure, GUIDE_MODEL, limits, MINI, type Rehearsal, rehearse } from "./rehearsal";

let it_: Rehearsal;
beforeEach(async () => {
  it_ = await rehearse();
});
afterEach(() => it_.close());

const guide = {
  name: "Test API Key",
  budget: 1000,
  globalLimits: { tpm: 100, tpd: 1000, rpm: 100, rpd: 1000 },
  assetsLimits: [{ assetId: GUIDE_MODEL, tpm: 10, tpd: 30, rpm: 2, rpd: 2 }],
  expiresAt: "2026-11-29T00:00:00.000000Z",
};

describe("creating a key", () => {
  test("answers the key with its secret in full", async () => {
    const { status, json } = await it_.admin("POST", "/sdk/api-keys", guide);
    expect(status).toBe(201);
    expect(json).toEqual({
      id: "id-2",
      name: "Test API Key",
      accessKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      budget: 1000,
      globalLimits: { tpm: 100, tpd: 1000, rpm: 100, rpd: 1000, tokenType: null },
      assetsLimits: [{ assetId: GUIDE_MODEL, tpm: 10, tpd: 30, rpm: 2, rpd: 2, tokenType: null }],
      expiresAt: "2026-11-29T00:00:00.000Z",
      isAdmin: false,
    });
  });

  test("never shows the secret again", async () => {
    const { accessKey, id } = await it_.newKey("secret", guide);
    const masked = `${accessKey.slice(0, 4)}${"*".repeat(56)}${accessKey.slice(-4)}`;
    const answers = await Promise.all([
      it_.admin("GET", `/sdk/api-keys/${id}`),
      it_.admin("PUT", `/sdk/api-keys/${id}`, { name: "renamed" }),
      it_.admin("GET", "/sdk/api-keys"),
    ]);
    for (const { text } of answers) {
      expect(text).toContain(masked);
      expect(text).not.toContain(accessKey);
    }
  });

  test("takes what the older SDK sends along: an empty id and nulls", async () => {
    const { status, json } = await it_.admin("POST", "/sdk/api-keys", {
      id: "",
      name: "from v1",
      budget: null,
      expiresAt: null,
      assetsLimits: [],
      globalLimits: limits(),
    });
    expect(status).toBe(201);
    expect(json.id).toBe("id-2");
    expect(json.budget).toBeNull();
  });

  test("does not let the caller choose the secret, the id or the kind of key", async () => {
    const { json } = await it_.admin("POST", "/sdk/api-keys", {
      name: "x",
      id: "mine",
      accessKey: "mine",
      isAdmin: true,
    });
    expect(json.id).toBe("id-2");
    expect(json.accessKey).not.toBe("mine");
    expect(json.isAdmin).toBe(false);
  });

  test("answers 422 to a name that is taken, and makes no second key", async () => {
    await it_.newKey("taken");
    const { status, json } = await it_.admin("POST", "/sdk/api-keys", { name: "taken" });
    expect(status).toBe(422);
    expect(json.message).toContain('"taken"');
    expect(it_.controls.keys()).toHaveLength(2);
  });

  test("names everything that is wrong with a body at once, each with its path", async () => {
    const { status, json } = await it_.admin("POST", "/sdk/api-keys", {
      budget: -1,
      expiresAt: "2026-02-30",
      globalLimits: { tpm: 1.5, rpm: "10", tokenType: "both" },
      assetsLimits: [
        { assetId: MINI.path, tpd: 1e300 },
        { assetId: GUIDE_MODEL },
        { assetId: GUIDE_MODEL },
        { assetId: "unknown" },
        {},
      ],
    });
    expect(status).toBe(400);
    expect(json.problems.map(({ path }) => path).sort()).toEqual([
      "assetsLimits[0].assetId",
      "assetsLimits[0].tpd",
      "assetsLimits[2].assetId",
      "assetsLimits[3].assetId",
      "assetsLimits[4].assetId",
      "budget",
      "expiresAt",
      "globalLimits.rpm",
      "globalLimits.tokenType",
      "globalLimits.tpm",
      "name",
    ]);
    expect(json.error).toBe(json.message);
  });

  test("stops at the account's maximum, for which the admin key does not count", async () => {
    await it_.close();
    it_ = await rehearse({ maxKeys: 2 });
    await it_.newKey("one");
    const { id } = await it_.newKey("two");
    const refused = await it_.admin("POST", "/sdk/api-keys", { name: "three" });
    expect(refused.status).toBe(409);
    expect(refused.json.message).toContain("maximum of 2");
    await it_.admin("DELETE", `/sdk/api-keys/${id}`);
    await it_.newKey("three");
  });

  test.each([
    ["2026-11-29", "2026-11-29T00:00:00.000Z"],
    ["2026-11-29T00:00:00Z", "2026-11-29T00:00:00.000Z"],
    ["2026-11-29T10:30:00", "2026-11-29T10:30:00.000Z"],
    ["2026-11-29T02:00:00.500+02:00", "2026-11-29T00:00:00.500Z"],
    ["2028-02-29T00:00:00.000000Z", "2028-02-29T00:00:00.000Z"],
  ])("reads the expiry %s as the instant %s", async (written, read) => {
    expect((await it_.newKey("k", { expiresAt: written })).expiresAt).toBe(read);
  });

  test.each([
    "tomorrow",
    "2027-02-29",
    "2026-13-01",
    "2026-11-29T25:00:00Z",
    "",
    5,
    "2026-11-29T00:00:00Zulu",
    "9999-12-31T23:59:59-01:00",
    "0000-01-01T00:00:00+01:00",
  ])("refuses %p as an expiry", async (expiresAt) => {
    const { status, json } = await it_.admin("POST", "/sdk/api-keys", { name: "k", expiresAt });
    expect(status).toBe(400);
    expect(json.problems).toEqual([{ path: "expiresAt", message: expect.any(String) }]);
  });
});

describe("updating a key", () => {
  test("replaces what is there and clears what is null", async () => {
    const { id } = await it_.newKey("k", guide);
    const { status, json } = await it_.admin("PUT", `/sdk/api-keys/${id}`, {
      name: "renamed",
      budget: null,
      globalLimits: null,
      assetsLimits: [],
      expiresAt: null,
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: "renamed",
      budget: null,
      globalLimits: null,
      assetsLimits: [],
      expiresAt: null,
    });
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).json).toEqual(json);
  });

  test("keeps what is absent from the body, unless the emulator was told to clear it", async () => {
    const kept = await it_.newKey("k", guide);
    expect((await it_.admin("PUT", `/sdk/api-keys/${kept.id}`, { budget: 5 })).json).toMatchObject({
      name: "k",
      budget: 5,
      expiresAt: "2026-11-29T00:00:00.000Z",
    });
    const other = await rehearse({ absentFields: "clear" });
    const { id } = await other.newKey("k", guide);
    expect((await other.admin("PUT", `/sdk/api-keys/${id}`, { budget: 5 })).json.problems).toEqual([
      { path: "name", message: "is required" },
    ]);
    expect((await other.admin("PUT", `/sdk/api-keys/${id}`, { name: "k", budget: 5 })).json).toMatchObject({
      budget: 5,
      globalLimits: null,
      expiresAt: null,
    });
    await other.close();
  });

  test("may keep its own name but not take another key's", async () => {
    const { id } = await it_.newKey("mine");
    await it_.newKey("theirs");
    expect((await it_.admin("PUT", `/sdk/api-keys/${id}`, { name: "mine" })).status).toBe(200);
    expect((await it_.admin("PUT", `/sdk/api-keys/${id}`, { name: "theirs" })).status).toBe(422);
    await it_.admin("PUT", `/sdk/api-keys/${id}`, { name: "free" });
    await it_.newKey("mine");
  });

  test("answers 404 for a key that is not there", async () => {
    expect((await it_.admin("PUT", "/sdk/api-keys/nope", { name: "x" })).status).toBe(404);
    expect((await it_.admin("GET", "/sdk/api-keys/nope")).status).toBe(404);
    expect((await it_.admin("GET", "/sdk/api-keys/nope/usage-limits")).status).toBe(404);
    expect((await it_.admin("DELETE", "/sdk/api-keys/nope")).status).toBe(404);
  });
});

describe("deleting a key", () => {
  test("stops it at once and frees its name", async () => {
    const { id, accessKey } = await it_.newKey("k");
    expect((await it_.run(accessKey)).status).toBe(200);
    expect((await it_.admin("DELETE", `/sdk/api-keys/${id}`)).status).toBe(200);
    expect((await it_.run(accessKey)).status).toBe(401);
    expect((await it_.admin("GET", `/sdk/api-keys/${id}`)).status).toBe(404);
    expect((await it_.newKey("k")).accessKey).not.toBe(accessKey);
  });

  test("takes the JSON content type without a body, as the older SDK sends it", async () => {
    const { id } = await it_.newKey("k");
    const { status } = await it_.call("DELETE", `/sdk/api-keys/${id}`, ADMIN_KEY, undefined, {
      "content-type": "application/json",
    });
    expect(status).toBe(200);
  });
});

describe("listing keys", () => {
  test("shows every key of the account, the admin's own included", async () => {
    await it_.newKey("one");
    const { json } = await it_.admin<WireKey[]>("GET", "/sdk/api-keys");
    expect(json.map(({ name, isAdmin }) => [name, isAdmin])).toEqual([
      ["Admin", true],
      ["one", false],
    ]);
  });

  test("takes the empty object that the newer SDK sends along", async () => {
    const { status } = await it_.admin("GET", "/sdk/api-keys", {});
    expect(status).toBe(200);
  });
});

test("a model that is limited per minute alone has a row of usage", async () => {
  const { id } = await it_.newKey("k", { assetsLimits: [{ assetId: GUIDE_MODEL, rpm: 5 }] });
  const { json } = await it_.admin<WireUsage[]>("GET", `/sdk/api-keys/${id}/usage-limits`);
  expect(json.map(({ assetId }) => assetId)).toEqual([undefined, GUIDE_MODEL]);
  expect(json[1]).toMatchObject({ requestCount: 0, requestCountLimit: null, tokenCountLimit: null });
});

describe("the admin key", () => {
  const update = (rehearsal: Rehearsal) =>
    rehearsal.admin<Failure>("PUT", "/sdk/api-keys/id-1", { budget: 1 });

  test("can be updated like every listed key, and not be deleted", async () => {
    const { json: keys } = await it_.admin<WireKey[]>("GET", "/sdk/api-keys");
    for (const { id, ...key } of keys) {
      expect((await it_.admin("PUT", `/sdk/api-keys/${id}`, { id, ...key, budget: 5 })).json.budget).toBe(5);
    }
    expect((await it_.admin<Failure>("DELETE", "/sdk/api-keys/id-1")).status).toBe(403);
    expect((await it_.admin("GET", "/sdk/api-keys")).status).toBe(200);
  });

  test("refuses updates where it is protected", async () => {
    const other = await rehearse({ adminKeyInList: "protected" });
    expect((await update(other)).status).toBe(403);
    expect((await other.admin<WireKey[]>("GET", "/sdk/api-keys")).json).toHaveLength(1);
    await other.close();
  });

  test("is not there for the API where it is hidden", async () => {
    const other = await rehearse({ adminKeyInList: "hidden" });
    expect((await other.admin<WireKey[]>("GET", "/sdk/api-keys")).json).toEqual([]);
    for (const [method, path] of [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["GET", "/usage-limits"],
    ] as const) {
      expect((await other.admin<Failure>(method, `/sdk/api-keys/id-1${path}`)).status).toBe(404);
    }
    await other.close();
  });
});

describe("errors", () => {
  test("say their text where each SDK generation looks for it", async () => {
    await it_.newKey("taken");
    const { json } = await it_.admin("POST", "/sdk/api-keys", { name: "taken" });
    expect(json).toMatchObject({ statusCode: 422, supplierError: json.message, error: json.message });
  });
});

describe("limits of a key", () => {
  test("a 0 allows nothing, or is no limit where the emulator is told so; it is shown as it was written", async () => {
    for (const [zeroMeans, status] of [
      ["nothing", 429],
      ["unlimited", 200],
    ] as const) {
      const other = await rehearse({ zeroMeans });
      const zeros = { tpm: 0, tpd: 0, rpm: 0, rpd: 0, tokenType: null };
      const { id, accessKey, globalLimits } = await other.newKey("k", {
        globalLimits: zeros,
        assetsLimits: [{ assetId: GUIDE_MODEL, ...zeros }],
      });
      expect(globalLimits).toEqual(zeros);
      expect((await other.run(accessKey)).status).toBe(status);
      expect((await other.run(accessKey, { data: "x" }, MINI.id)).status).toBe(status);
      await other.admin("PUT", `/sdk/api-keys/${id}`, { globalLimits: { ...zeros, rpm: 1 } });
      other.controls.clock.advance(86_400_000);
      expect((await other.run(accessKey)).status).toBe(status);
      expect((await other.run(accessKey)).status).toBe(429);
      await other.close();
    }
  });

  test("one that is absent from an update is cleared, or kept where the emulator is told so", async () => {
    for (const absentLimits of ["clear", "keep"] as const) {
      const other = await rehearse({ absentLimits });
      const { id } = await other.newKey("k", {
        globalLimits: { rpm: 1, tpd: 5 },
        assetsLimits: [{ assetId: GUIDE_MODEL, rpd: 7 }],
      });
      const { json } = await other.admin("PUT", `/sdk/api-keys/${id}`, {
        globalLimits: { rpm: 2 },
        assetsLimits: [{ assetId: GUIDE_MODEL, rpm: 3 }],
      });
      const keeps = absentLimits === "keep";
      expect(json.globalLimits).toEqual(limits({ rpm: 2, tpd: keeps ? 5 : null }));
      expect(json.assetsLimits[0]).toMatchObject({ rpm: 3, rpd: keeps ? 7 : null });
      await other.close();
    }
  });
});
