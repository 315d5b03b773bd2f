import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import {
  type AuthHeader,
  type ContractAnswer,
  ContractClient,
  type ContractRequest,
  type WireKey,
  wireError,
  wireKey,
  wireModelV1,
  wireModelV2,
  wirePending,
  wireRun,
  wireUsage,
} from "./contract-client";
import { contractTarget, type RunningTarget } from "./contract-target";
import { tell } from "./sdk-environment";

const target = contractTarget(process.env);
const UNKNOWN_ID = "000000000000000000000000";
/** No id: an open catalogue knows every well-formed one. */
const UNKNOWN_MODEL = "no-such-model";
const UNKNOWN_KEY = "not-a-key-of-this-account";
const PREFIX = `pulumi-aixplain-contract-${randomBytes(4).toString("hex")}`;

type Declare = (name: string, run: () => Promise<void>) => void;
/** Tests that write, or that need a model, are skipped by name where the target does not allow them. */
const when = (allowed: boolean, why: string): Declare =>
  allowed ? test : (name, run) => test.skip(`SKIPPED (${why}): ${name}`, run);
const written = when(target.writes, "read-only: set AIXPLAIN_CONTRACT_WRITE=1");
const modelled = when(target.hasModel, "no model: set AIXPLAIN_CONTRACT_MODEL");
const ran = target.hasModel ? written : modelled;
if (!target.writes) tell(`read-only against ${target.name}: whatever writes or runs is SKIPPED`);
if (!target.hasModel) tell(`no model is named for ${target.name}: whatever needs one is SKIPPED`);

let running: RunningTarget;
let management: ContractClient;
let runs: ContractClient;
const created = new Set<string>();

beforeAll(async () => {
  running = await target.start();
  management = new ContractClient(running.backendUrl);
  runs = new ContractClient(running.runsUrl);
});

afterEach(async () => {
  const left: string[] = [];
  for (const id of created) {
    const { status } = await admin("DELETE", `/sdk/api-keys/${id}`);
    if (status !== 200 && status !== 404) left.push(`${id} (${status})`);
  }
  created.clear();
  if (left.length > 0)
    throw new Error(`keys of this run could not be deleted; delete them by hand: ${left.join(", ")}`);
});

afterAll(() => running?.stop());

const admin = (method: string, path: string, body?: unknown): Promise<ContractAnswer> =>
  management.request(method, path, { key: running.adminKey, body });

async function list(): Promise<WireKey[]> {
  const { status, body } = await admin("GET", "/sdk/api-keys");
  expect(status).toBe(200);
  return wireKey.array().parse(body);
}

const fullBody = (name: string, rest: object = {}) => ({
  name: `${PREFIX}-${name}`,
  budget: null,
  globalLimits: null,
  assetsLimits: [],
  expiresAt: null,
  ...rest,
});

async function create(name: string, rest: object = {}): Promise<WireKey> {
  const { status, body } = await admin("POST", "/sdk/api-keys", fullBody(name, rest));
  expect([200, 201]).toContain(status);
  const key = wireKey.parse(body);
  created.add(key.id);
  return key;
}

async function usageOf(path: string, key: string) {
  const { status, body } = await management.request("GET", path, { key });
  expect(status).toBe(200);
  return wireUsage.parse(body);
}

const run = (key: string, body: object, version: "v1" | "v2" = "v2"): Promise<ContractAnswer> =>
  runs.request("POST", `/${version}/execute/${running.model?.id}`, { key, body });

/** A secret never stands in a matcher, which would print it: not even one that the service should have masked. */
const printable = (key: WireKey): WireKey => ({
  ...key,
  accessKey: key.accessKey.includes("*") ? key.accessKey : "(not masked)",
});
const isMaskOf = (mask: string, secret: string): boolean =>
  mask !== secret && mask.slice(0, 4) === secret.slice(0, 4) && mask.slice(-4) === secret.slice(-4);

function expectRefusal({ status, body }: ContractAnswer, expected: number): void {
  expect(status).toBe(expected);
  const { statusCode } = wireError.parse(body);
  expect([undefined, expected]).toContain(statusCode);
}

const LIMITS = { tpm: 100, tpd: 1000, rpm: 100, rpd: 1000, tokenType: null };

describe(`the key-management API of ${target.name}`, () => {
  describe("reading", () => {
    test("a list is a JSON array of keys, each with its own id and name", async () => {
      const keys = await list();
      expect(new Set(keys.map(({ id }) => id)).size).toBe(keys.length);
      expect(new Set(keys.map(({ name }) => name)).size).toBe(keys.length);
    });

    test("a list shows no whole secret", async () => {
      expect((await list()).filter(({ accessKey }) => !accessKey.includes("*")).map(({ id }) => id)).toEqual(
        [],
      );
    });

    test("a list with a `{}` body is the same list", async () => {
      const { status, body } = await admin("GET", "/sdk/api-keys", {});
      expect(status).toBe(200);
      expect(wireKey.array().parse(body).map(printable)).toEqual((await list()).map(printable));
    });

    test.each<AuthHeader>(["Token", "x-api-key"])("the key is taken from %s", async (auth) => {
      const { status } = await management.request("GET", "/sdk/api-keys", { key: running.adminKey, auth });
      expect(status).toBe(200);
    });

    test.each<[string, ContractRequest]>([
      ["no key", {}],
      ["an unknown key as Token", { key: UNKNOWN_KEY, auth: "Token" }],
      ["an unknown key as x-api-key", { key: UNKNOWN_KEY, auth: "x-api-key" }],
    ])("%s is refused with 401", async (_name, request) => {
      expectRefusal(await management.request("GET", "/sdk/api-keys", request), 401);
    });

    test("one key is what the list shows of it", async () => {
      for (const key of (await list()).slice(0, 3)) {
        const { status, body } = await admin("GET", `/sdk/api-keys/${key.id}`);
        expect(status).toBe(200);
        expect(printable(wireKey.parse(body))).toEqual(printable(key));
      }
    });

    test("an unknown id is refused with 404", async () => {
      expectRefusal(await admin("GET", `/sdk/api-keys/${UNKNOWN_ID}`), 404);
      expectRefusal(await admin("GET", `/sdk/api-keys/${UNKNOWN_ID}/usage-limits`), 404);
    });

    test("the calling key reads its own usage", async () => {
      const rows = await usageOf("/sdk/api-keys/usage-limits", running.adminKey);
      expect(rows.filter(({ assetId }) => !assetId).length).toBeLessThanOrEqual(1);
    });

    modelled("a model is looked up by id, and by id and path in v2", async () => {
      const { id, path } = running.model ?? { id: "", path: undefined };
      const first = await management.request("GET", `/sdk/models/${id}`, {
        key: running.adminKey,
        auth: "Token",
      });
      expect([first.status, wireModelV1.parse(first.body).id]).toEqual([200, id]);
      const names = path === undefined ? [id] : [id, path];
      for (const name of names) {
        const { status, body } = await admin("GET", `/v2/models/${encodeURIComponent(name)}`);
        expect([status, wireModelV2.parse(body).id]).toEqual([200, id]);
      }
    });

    test("an unknown model is refused with 404", async () => {
      expectRefusal(await admin("GET", `/sdk/models/${UNKNOWN_MODEL}`), 404);
      expectRefusal(await admin("GET", `/v2/models/${encodeURIComponent("nobody/no-model/nowhere")}`), 404);
    });
  });

  describe("writing", () => {
    written(
      "a create answers with every value and the whole secret, which no later answer shows",
      async () => {
        const wanted = { budget: 7, globalLimits: LIMITS, expiresAt: "2099-01-31T00:00:00.000000Z" };
        const key = await create("create", wanted);
        expect(printable(key)).toMatchObject({ name: `${PREFIX}-create`, budget: 7, isAdmin: false });
        expect(key.globalLimits).toMatchObject({ tpm: 100, tpd: 1000, rpm: 100, rpd: 1000 });
        expect(Date.parse(key.expiresAt ?? "")).toBe(Date.UTC(2099, 0, 31));
        expect([key.accessKey.length >= 16, key.accessKey.includes("*")]).toEqual([true, false]);
        const { accessKey, ...shown } = key;
        for (const view of [
          await list(),
          [wireKey.parse((await admin("GET", `/sdk/api-keys/${key.id}`)).body)],
        ]) {
          const [found] = view.filter(({ id }) => id === key.id);
          expect(found && printable(found)).toMatchObject(shown);
          expect(isMaskOf(found?.accessKey ?? "", accessKey)).toBe(true);
        }
      },
    );

    written("v1's own body, with an empty id and null fields, is taken", async () => {
      const key = await create("v1-body", { id: "" });
      expect(key.id).not.toBe("");
      expect([
        key.budget ?? null,
        key.globalLimits ?? null,
        key.assetsLimits ?? [],
        key.expiresAt ?? null,
      ]).toEqual([null, null, [], null]);
    });

    written("a taken name is refused with 422, and the key that has it stays as it was", async () => {
      const key = await create("taken", { budget: 1 });
      expectRefusal(await admin("POST", "/sdk/api-keys", fullBody("taken", { budget: 2 })), 422);
      const named = (await list()).filter(({ name }) => name === key.name);
      expect(named.map(({ id, budget }) => [id, budget])).toEqual([[key.id, 1]]);
    });

    written("an update writes the full body, clears what is null and shows the mask", async () => {
      const key = await create("update", {
        budget: 7,
        globalLimits: LIMITS,
        expiresAt: "2099-01-31T00:00:00.000000Z",
      });
      const path = `/sdk/api-keys/${key.id}`;
      const changed = await admin(
        "PUT",
        path,
        fullBody("renamed", { budget: 9, globalLimits: { ...LIMITS, rpd: 5, tokenType: "input" } }),
      );
      expect(changed.status).toBe(200);
      const answer = wireKey.parse(changed.body);
      expect(isMaskOf(answer.accessKey, key.accessKey)).toBe(true);
      for (const view of [answer, wireKey.parse((await admin("GET", path)).body)]) {
        expect(printable(view)).toMatchObject({ id: key.id, name: `${PREFIX}-renamed`, budget: 9 });
        expect(view.globalLimits).toMatchObject({ ...LIMITS, rpd: 5, tokenType: "input" });
        expect(view.expiresAt ?? null).toBeNull();
      }
      expect((await admin("PUT", path, fullBody("renamed"))).status).toBe(200);
      const cleared = wireKey.parse((await admin("GET", path)).body);
      expect([cleared.budget ?? null, cleared.globalLimits ?? null]).toEqual([null, null]);
    });

    written("an update to a taken name is refused with 422", async () => {
      await create("first");
      const key = await create("second");
      expectRefusal(await admin("PUT", `/sdk/api-keys/${key.id}`, fullBody("first")), 422);
    });

    const refusedBodies: [string, object][] = [
      ["a negative limit", { globalLimits: { ...LIMITS, rpd: -1 } }],
      ["a fraction of a token", { globalLimits: { ...LIMITS, tpm: 1.5 } }],
      ["a negative budget", { budget: -1 }],
      ["an unknown token type", { globalLimits: { ...LIMITS, tokenType: "both" } }],
      ["a limit for an unknown model", { assetsLimits: [{ ...LIMITS, assetId: UNKNOWN_MODEL }] }],
      ["an impossible date", { expiresAt: "2099-02-30T00:00:00.000000Z" }],
      ["an empty name", { name: "" }],
    ];
    for (const [what, rest] of refusedBodies) {
      written(`${what} is refused with 400`, async () => {
        const answer = await admin("POST", "/sdk/api-keys", fullBody("bad", rest));
        if (answer.status < 300) created.add(wireKey.parse(answer.body).id);
        expectRefusal(answer, 400);
      });
    }

    ran("limits of a model are written with its id and read back", async () => {
      const assetsLimits = [
        { tpm: 10, tpd: 30, rpm: 2, rpd: 2, tokenType: "output", assetId: running.model?.id },
      ];
      const key = await create("asset", { assetsLimits });
      expect(wireKey.parse((await admin("GET", `/sdk/api-keys/${key.id}`)).body).assetsLimits).toMatchObject(
        assetsLimits,
      );
      const rows = await usageOf(`/sdk/api-keys/${key.id}/usage-limits`, running.adminKey);
      expect(rows.find(({ assetId }) => assetId === running.model?.id)).toMatchObject({
        requestCountLimit: 2,
        tokenCountLimit: 30,
      });
    });

    written(
      "a deleted key is gone: 200, then 404 for every call about it and 401 for every call with it",
      async () => {
        const key = await create("delete");
        const path = `/sdk/api-keys/${key.id}`;
        expect((await admin("DELETE", path)).status).toBe(200);
        expect((await list()).map(({ id }) => id)).not.toContain(key.id);
        expectRefusal(await admin("GET", path), 404);
        expectRefusal(await admin("PUT", path, fullBody("delete")), 404);
        expectRefusal(await admin("DELETE", path), 404);
        expectRefusal(
          await management.request("GET", "/sdk/api-keys/usage-limits", { key: key.accessKey }),
          401,
        );
      },
    );

    written("a member key manages nothing, and reads its own usage only", async () => {
      const { id, accessKey: key } = await create("member");
      expectRefusal(await management.request("GET", "/sdk/api-keys", { key }), 403);
      expectRefusal(
        await management.request("POST", "/sdk/api-keys", { key, body: fullBody("by-member") }),
        403,
      );
      expectRefusal(
        await management.request("PUT", `/sdk/api-keys/${id}`, {
          key,
          body: fullBody("member", { budget: 1 }),
        }),
        403,
      );
      expectRefusal(await management.request("DELETE", `/sdk/api-keys/${id}`, { key }), 403);
      expect(await usageOf("/sdk/api-keys/usage-limits", key)).toEqual(
        await usageOf(`/sdk/api-keys/${id}/usage-limits`, running.adminKey),
      );
    });
  });

  describe("running a model", () => {
    ran("a run answers as the SDK parses it, and counts as one request and its tokens", async () => {
      const { id, accessKey } = await create("run", { globalLimits: LIMITS });
      const { status, body } = await run(accessKey, { text: "Hi", max_tokens: 4 });
      expect(status).toBe(200);
      const { usage } = wireRun.parse(body);
      expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
      expect(body).not.toHaveProperty("error_code");
      const [whole] = await usageOf(`/sdk/api-keys/${id}/usage-limits`, running.adminKey);
      expect(whole).toMatchObject({
        requestCount: 1,
        requestCountLimit: 1000,
        tokenCount: usage.total_tokens,
        tokenCountLimit: 1000,
      });
    });

    ran("the admin key runs nothing: 403", async () => {
      expectRefusal(await run(running.adminKey, { text: "Hi" }), 403);
    });

    ran("an unknown key runs nothing: 401", async () => {
      expectRefusal(await run(UNKNOWN_KEY, { text: "Hi" }), 401);
    });

    ran("an unknown model is refused with 404", async () => {
      const { accessKey: key } = await create("no-model");
      expectRefusal(
        await runs.request("POST", `/v2/execute/${UNKNOWN_MODEL}`, { key, body: { text: "Hi" } }),
        404,
      );
    });

    ran("a key without budget runs nothing: 402", async () => {
      expectRefusal(await run((await create("no-budget", { budget: 0 })).accessKey, { text: "Hi" }), 402);
    });

    ran("the second of one request a day is refused with 429 and counts nowhere", async () => {
      const { id, accessKey } = await create("limit", { globalLimits: { ...LIMITS, rpd: 1 } });
      expect((await run(accessKey, { text: "Hi", max_tokens: 4 })).status).toBe(200);
      const before = await usageOf(`/sdk/api-keys/${id}/usage-limits`, running.adminKey);
      expectRefusal(await run(accessKey, { text: "Hi", max_tokens: 4 }), 429);
      expect(await usageOf(`/sdk/api-keys/${id}/usage-limits`, running.adminKey)).toEqual(before);
    });

    ran("a model's own limit holds beside the global one", async () => {
      const assetsLimits = [{ ...LIMITS, rpd: 1, assetId: running.model?.id }];
      const { accessKey } = await create("asset-limit", { globalLimits: LIMITS, assetsLimits });
      expect((await run(accessKey, { text: "Hi", max_tokens: 4 })).status).toBe(200);
      expectRefusal(await run(accessKey, { text: "Hi", max_tokens: 4 }), 429);
    });

    ran("an asynchronous run answers with an address on which its answer is fetched", async () => {
      const { accessKey: key } = await create("async");
      const { status, body } = await run(key, { data: "Hi", max_tokens: 4 }, "v1");
      expect(status).toBe(200);
      const answer = await poll(new URL(wirePending.parse(body).data), key);
      expect(wireRun.parse(answer).usage.completion_tokens).toBeGreaterThan(0);
    });

    ran("a stream is events of text that end with [DONE]", async () => {
      const { accessKey } = await create("stream");
      const { status, contentType, body } = await run(accessKey, {
        text: "Hi",
        max_tokens: 4,
        options: { stream: true },
      });
      expect(status).toBe(200);
      // v1 reads a stream without a charset as Latin-1, and one of another type not at all.
      expect(contentType.toLowerCase().replace(/\s/g, "")).toBe("text/event-stream;charset=utf-8");
      const events = String(body)
        .split("\n")
        .filter((line) => line !== "");
      expect(events.filter((line) => !line.startsWith("data: "))).toEqual([]);
      expect(events.at(-1)).toBe("data: [DONE]");
      const pieces = events
        .slice(0, -1)
        .map((line) => JSON.parse(line.slice("data: ".length)) as { data?: unknown });
      expect(pieces.map(({ data }) => typeof data)).toEqual(pieces.map(() => "string"));
      expect(pieces.map(({ data }) => data).join("")).not.toBe("");
    });
  });
});

const POLLS = 60;

/** The emulator has the answer at the first poll; between the polls of a real account there is a pause. */
async function poll(address: URL, key: string): Promise<unknown> {
  // The address comes from an answer: like the SDK, send the key nowhere but where it is known already.
  expect([running.backendUrl, running.runsUrl].map((url) => new URL(url).origin)).toContain(address.origin);
  const client = new ContractClient(address.origin);
  for (let attempt = 0; attempt < POLLS; attempt += 1) {
    if (attempt > 0) await setTimeout(running.pollEveryMs);
    const { status, body } = await client.request("GET", address.pathname, { key });
    expect(status).toBe(200);
    if (z.looseObject({ completed: z.boolean() }).parse(body).completed) return body;
  }
  throw new Error(`the run was not completed after ${POLLS} polls`);
}
