import { defaultCatalogue } from "../../emulator/src/index";
import {
  ADMIN_KEY,
  type Failure,
  GUIDE_MODEL,
  MINI,
  type Rehearsal,
  rehearse,
  SECOND_MODEL,
} from "./rehearsal";

let it_: Rehearsal;
beforeAll(async () => {
  it_ = await rehearse();
});
afterAll(() => it_.close());

interface Model extends Failure {
  id: string;
  path: string;
  attributes: unknown;
}

test.each([GUIDE_MODEL, "6414bd3cd09663e9225130e8", SECOND_MODEL])(
  "the guide's model %s is in the catalogue of both generations",
  async (id) => {
    const v1 = await it_.admin<Model>("GET", `/sdk/models/${id}`);
    const v2 = await it_.admin<Model>("GET", `/v2/models/${id}`);
    expect([v1.json.id, v2.json.id]).toEqual([id, id]);
    expect(v1.json.attributes).toEqual([]);
    expect(v2.json.attributes).toEqual({});
  },
);

describe("a model that only the caller knows of", () => {
  const FOREIGN = "65c51c556eb563350f6e1bb1";

  test("is looked up, limited and run under its id, and counts like any other", async () => {
    for (const path of [`/sdk/models/${FOREIGN}`, `/v2/models/${FOREIGN}`]) {
      expect((await it_.admin<Model>("GET", path)).json.id).toBe(FOREIGN);
    }
    const { id, accessKey } = await it_.newKey("foreign", { assetsLimits: [{ assetId: FOREIGN, rpd: 1 }] });
    const first = await it_.run(accessKey, { data: "hello" }, FOREIGN);
    expect([first.status, first.json.usedCredits > 0]).toEqual([200, true]);
    expect((await it_.run(accessKey, { data: "hello" }, FOREIGN)).status).toBe(429);
    expect((await it_.usage(id))[1]).toMatchObject({
      assetId: FOREIGN,
      requestCount: 1,
      requestCountLimit: 1,
    });
  });

  test("is one model however its id is spelled, so that no spelling gets round a limit", async () => {
    const assetsLimits = [FOREIGN, GUIDE_MODEL].map((assetId) => ({ assetId, rpd: 1 }));
    const { accessKey } = await it_.newKey("spelled", { assetsLimits });
    for (const model of [FOREIGN, GUIDE_MODEL]) {
      expect((await it_.run(accessKey, { data: "hello" }, model.toUpperCase())).status).toBe(200);
      expect((await it_.run(accessKey, { data: "hello" }, model)).status).toBe(429);
    }
    const body = { name: "loud", assetsLimits: [{ assetId: FOREIGN.toUpperCase(), rpd: 1 }] };
    const { status, json } = await it_.admin<Failure>("POST", "/sdk/api-keys", body);
    expect([status, json.problems[0]?.message]).toEqual([400, `is written as ${FOREIGN}`]);
  });

  test("has no path: paths stay exact", async () => {
    const { accessKey } = await it_.newKey("paths");
    expect((await it_.admin<Model>("GET", "/v2/models/nobody%2Fno-model%2Fnowhere")).status).toBe(404);
    expect((await it_.run(accessKey, { data: "x" }, "nobody/no-model/nowhere")).status).toBe(404);
    expect((await it_.run(accessKey, { data: "x" }, FOREIGN.slice(1))).status).toBe(404);
  });

  test("is not there in a closed catalogue", async () => {
    for (const options of [{ openCatalogue: false }, { catalogue: defaultCatalogue.slice(0, 1) }]) {
      const closed = await rehearse(options);
      const { accessKey } = await closed.newKey("k");
      expect((await closed.admin("GET", `/sdk/models/${FOREIGN}`)).status).toBe(404);
      expect((await closed.run(accessKey, { data: "x" }, FOREIGN)).status).toBe(404);
      const limited = { name: "x", assetsLimits: [{ assetId: FOREIGN }] };
      expect((await closed.admin("POST", "/sdk/api-keys", limited)).status).toBe(400);
      await closed.close();
    }
  });
});

test.each([
  ["percent-encoded", `/v2/models/${encodeURIComponent(MINI.path)}`],
  ["as it is", `/v2/models/${MINI.path}`],
  ["percent-encoded, older address", `/sdk/models/${encodeURIComponent(MINI.path)}`],
])("a path finds its model, %s", async (_how, url) => {
  expect((await it_.admin<Model>("GET", url)).json.id).toBe(MINI.id);
});

test("a member key may look models up, for the SDK resolves paths with it", async () => {
  const { accessKey } = await it_.newKey("member");
  expect((await it_.call("GET", `/v2/models/${GUIDE_MODEL}`, accessKey)).status).toBe(200);
});

test("an unknown model is answered with 404", async () => {
  for (const url of ["/sdk/models/unknown", "/v2/models/no/such/model"]) {
    expect((await it_.admin("GET", url)).status).toBe(404);
  }
});

test("an address that breaks the rules of percent-encoding is answered with 400", async () => {
  expect((await it_.admin("GET", "/v2/models/%E0%A4%A")).status).toBe(400);
});

test.each([
  ["GET", "/sdk/models"],
  ["POST", "/v2/models/paginate"],
  ["GET", "/sdk/agents"],
  ["GET", "/"],
  ["PUT", "/sdk/api-keys"],
  ["GET", "/_other"],
] as const)("%s %s is not built and says so with 501", async (method, url) => {
  const { status, json } = await it_.admin<Failure>(method, url);
  expect(status).toBe(501);
  expect(json.message).toContain(url);
});

test("an address with a key in it is repeated without the key", async () => {
  const { text } = await it_.admin("GET", `/sdk/rotate/${ADMIN_KEY}`);
  expect(text).not.toContain(ADMIN_KEY);
  expect(JSON.stringify(it_.controls.requests())).not.toContain(ADMIN_KEY);
});
