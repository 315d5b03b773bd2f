import { inspect } from "node:util";
import { z } from "zod";
import { Client } from "../../../provider/api/client";
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  ForbiddenError,
  NotFoundError,
  RateLimitedError,
  UnexpectedAnswerError,
  UnprocessableError,
} from "../../../provider/api/errors";
import { Gate } from "../../../provider/api/gate";
import type { HttpRequest, HttpResponse } from "../../../provider/api/http";
import { Waiting } from "../../../provider/api/waiting";
import { AixplainError } from "../../../provider/core/errors";
import { Redactor } from "../../../provider/core/secret";
import { VirtualTime } from "./virtual-time";

const KEY = "admin-key-CANARY-0123456789";
const GET: HttpRequest = { method: "GET", path: "/sdk/api-keys" };
const PUT: HttpRequest = { method: "PUT", path: "/sdk/api-keys/1", body: { name: "BODY-CANARY" } };
const POST: HttpRequest = { method: "POST", path: "/sdk/api-keys", body: { name: "BODY-CANARY" } };
const ANYTHING = z.unknown();

type Answer = Partial<HttpResponse> | ConnectionError;

const json = (status: number, body: unknown, headers = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify(body),
});
const lost = (neverArrived = false) =>
  new ConnectionError(GET, "https://platform.test", neverArrived, "ECONNRESET", {
    cause: new Error("below"),
  });

const asksLater: Answer = { status: 429, headers: { "retry-after": "7" } };

/** A client of a platform that gives these answers one after the other, and the last one for ever. */
function platform(...answers: Answer[]) {
  const time = new VirtualTime(Date.parse("2026-06-15T10:00:00Z"));
  const seen: HttpRequest[] = [];
  const told: string[] = [];
  const traced: string[] = [];
  const redactor = new Redactor([KEY]);
  const client = new Client({
    transport: async (request) => {
      const answer = answers[Math.min(seen.length, answers.length - 1)] ?? {};
      seen.push(request);
      if (answer instanceof ConnectionError) throw answer;
      return { status: 200, headers: {}, body: "", ...answer };
    },
    gate: new Gate(4, time.now, time.sleep),
    redactor,
    now: time.now,
    sleep: time.sleep,
    random: () => 0.5,
    report: (line) => void told.push(line),
    trace: (line) => void traced.push(line),
  });
  const call = (request: HttpRequest) => time.during(client.call(request, ANYTHING));
  const failure = async (request: HttpRequest, schema: z.ZodType = ANYTHING): Promise<Error> => {
    const error: unknown = await time.during(client.call(request, schema)).catch((thrown: unknown) => thrown);
    if (!(error instanceof AixplainError)) throw new Error(`no error of ours: ${inspect(error)}`);
    return error;
  };
  return { client, call, failure, seen, time, told, traced };
}

describe("a call that goes well", () => {
  it("gives what the schema reads, from one request, and sends what it was given", async () => {
    const { client, seen, time } = platform(json(201, { id: "1", more: true }));
    expect(await client.call(PUT, z.object({ id: z.string() }))).toEqual({ id: "1" });
    expect(seen).toEqual([{ ...PUT, attempt: 1 }]);
    expect(time.asked).toEqual([]);
  });

  it("may have an empty answer where nothing is read from it", async () => {
    await expect(platform({ status: 204 }).client.send(PUT)).resolves.toMatchObject({ status: 204 });
  });
});

describe("a call that fails for a while", () => {
  it("is repeated after waits that double, with jitter, and then gives its answer", async () => {
    const { call, seen, time } = platform(lost(), { status: 503 }, { status: 500 }, json(200, "fine"));
    expect(await call(GET)).toBe("fine");
    expect(seen).toEqual([1, 2, 3, 4].map((attempt) => ({ ...GET, attempt })));
    expect(time.asked).toEqual([125, 250, 500]);
  });

  it("fails for good after five attempts, with the last failure, and says how many there were", async () => {
    const { failure, seen } = platform(lost(), lost(), lost(), lost(), json(502, { message: "last" }));
    const error = await failure(PUT);
    expect(error).toMatchObject({ status: 502, detail: "last" });
    expect(error.message).toBe(
      "PUT /sdk/api-keys/1 (attempt 5) answered 502 (last). The platform failed: run the command again in a few minutes",
    );
    expect(seen).toHaveLength(5);
  });

  it("waits as long as the platform asks for, in seconds or until a date", async () => {
    const { call, time } = platform(
      { status: 503, headers: { "retry-after": "3" } },
      { status: 503, headers: { "retry-after": "Mon, 15 Jun 2026 10:00:10 GMT" } },
      json(200, "fine"),
    );
    await call(GET);
    expect(time.asked).toEqual([3125, 6875 + 125]);
  });

  it("is not repeated where the platform asks for longer than two minutes", async () => {
    const { failure, seen } = platform({ status: 503, headers: { "retry-after": "121" } });
    await failure(GET);
    expect(seen).toHaveLength(1);
  });
});

describe("a create", () => {
  it.each<[string, Answer]>([
    ["a lost connection", lost()],
    ["500", json(500, {})],
    ["502", { status: 502, body: "<html>" }],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "1" } }],
    ["504", json(504, {})],
    ["a page of HTML", { status: 200, body: "<html>" }],
    ["an empty answer", { status: 200, body: "" }],
  ])("is sent once and no more after %s: it may have been carried out", async (_, answer) => {
    const { failure, seen } = platform(answer, json(200, "a second key"));
    await failure(POST);
    expect(seen).toHaveLength(1);
  });

  it("holds back what follows up a failed create for as long as a repetition would have waited", async () => {
    const busy = platform(json(503, {}, { "retry-after": "20" }), json(200, "listed"));
    await busy.failure(POST);
    expect(await busy.call(GET)).toBe("listed");
    expect(busy.time.asked).toEqual([20_125]);
    const cut = platform(lost(), json(200, "listed"));
    await cut.failure(POST);
    expect(await cut.call(GET)).toBe("listed");
    expect(cut.time.asked).toEqual([125]);
  });

  it("is sent again where it provably never arrived", async () => {
    const { call, seen } = platform(lost(true), lost(true), json(201, "made"));
    expect(await call(POST)).toBe("made");
    expect(seen).toEqual([1, 2, 3].map((attempt) => ({ ...POST, attempt })));
  });

  it("is sent again after 429, which turns it away before anything is done", async () => {
    const { call, time } = platform({ status: 429, headers: { "retry-after": "7" } }, json(201, "made"));
    expect(await call(POST)).toBe("made");
    expect(time.asked).toEqual([7125]);
  });
});

describe("a fault of one call", () => {
  it("holds no other call back", async () => {
    const { client, seen, time } = platform(
      { status: 503, headers: { "retry-after": "60" } },
      json(200, "fine"),
    );
    const began = time.now();
    const faulty = client.call(GET, ANYTHING);
    await new Promise(setImmediate);
    expect(await client.call(PUT, ANYTHING)).toBe("fine");
    expect(time.now()).toBe(began);
    expect(seen.map(({ method }) => method)).toEqual(["GET", "PUT"]);
    expect(await time.during(faulty)).toBe("fine");
  });
});

describe("the account's own rate limit", () => {
  it("paces every call, not only the one that was turned away", async () => {
    const { client, time, seen } = platform(
      { status: 429, headers: { "retry-after": "10" } },
      json(200, "fine"),
    );
    const began = time.now();
    const first = client.call(GET, ANYTHING);
    await time.during(first);
    expect(time.now() - began).toBe(10_125);
    expect(seen).toHaveLength(2);
    const turnedAway = platform({ status: 429, headers: { "retry-after": "10" } }, json(200, "fine"));
    const two = [turnedAway.client.call(GET, ANYTHING)];
    await new Promise(setImmediate);
    two.push(turnedAway.client.call(PUT, ANYTHING));
    await new Promise(setImmediate);
    expect(turnedAway.seen).toHaveLength(1);
    await turnedAway.time.during(Promise.all(two));
    expect(turnedAway.seen).toHaveLength(3);
  });

  it("is waited for as long as it asks, each time anew, and longer and longer where it does not say", async () => {
    const asks = { status: 429, headers: { "retry-after": "10" } };
    const told = platform(asks, asks, json(200, "fine"));
    await told.call(GET);
    expect(told.time.asked).toEqual([10_125, 10_125]);
    const silent = platform(json(429, {}), json(429, {}), json(429, {}), json(200, "fine"));
    await silent.call(GET);
    expect(silent.time.asked).toEqual([125, 250, 500]);
  });

  it("is waited for longer than faults are, and is none itself", async () => {
    const turnedAway = Array.from({ length: 30 }, () => json(429, {}));
    const { call, seen } = platform(...turnedAway, { status: 503 }, lost(), json(200, "fine"));
    expect(await call(GET)).toBe("fine");
    expect(seen).toHaveLength(33);
  });

  it("ends the call after 15 minutes of it, saying so", async () => {
    const { failure, time } = platform({ status: 429, headers: { "retry-after": "60" } });
    const began = time.now();
    const error = await failure(POST);
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.message).toContain("rate limit");
    expect((time.now() - began) / 60_000).toBeCloseTo(15, 0);
  });
});

describe("waiting for the account's rate limit is told", () => {
  const asks = (seconds: number): Answer => ({ status: 429, headers: { "retry-after": String(seconds) } });
  const times = (count: number, answer: Answer): Answer[] => Array.from({ length: count }, () => answer);
  const fine = json(200, "fine");

  it("where it makes more than ten seconds, with how long it may take and what to do about it", async () => {
    const { call, told } = platform(asks(45), fine);
    await call(GET);
    expect(told).toEqual([
      "Waiting for the account's rate limit for management calls: 0 seconds so far, now 46 seconds more, as the platform requests. " +
        "It may continue for 15 minutes; after that the call fails. " +
        "To stop waiting, press Ctrl-C twice. To wait less, ask the platform for a higher limit.",
    ]);
  });

  it("with what ends it where the caller knows a shorter way", () => {
    const told: string[] = [];
    const waiting = new Waiting(
      (line) => told.push(line),
      () => 0,
      "press Ctrl-C",
    );
    waiting.add({ ms: 20_000, askedMs: undefined, leftMs: 0 });
    expect(told).toEqual([expect.stringContaining("To stop waiting, press Ctrl-C. ")]);
  });

  it("not where it makes less", async () => {
    const { call, told } = platform(asks(4), asks(5), fine);
    await call(GET);
    expect(told).toEqual([]);
  });

  it("before ten seconds have passed, also where they are made of many waits, and of waits of our own choice", async () => {
    const many = platform(...times(4, asks(4)), fine);
    await many.call(GET);
    expect(many.told).toEqual([
      expect.stringContaining("9 seconds so far, now 5 seconds more, as the platform requests."),
    ]);
    const silent = platform(...times(12, json(429, {})), fine);
    await silent.call(GET);
    expect(silent.told).toEqual([expect.stringMatching(/: 8 seconds so far, now 4 seconds more\. It may/)]);
  });

  it("again once a minute, with what has been waited and what is left, until the call fails", async () => {
    const { failure, told } = platform(asks(30));
    const error = await failure(GET);
    expect(told).toHaveLength(15);
    expect(told[1]).toContain("61 seconds so far, now 31 seconds more");
    expect(told[1]).toContain("It may continue for 14 minutes");
    expect(told.at(-1)).toMatch(/15 minutes so far.* may continue for \d+ seconds;/);
    expect(error.message).toContain("Run the command again after 30 seconds, as the platform requests");
  });

  it("once for all the calls that it holds up", async () => {
    const { client, time, told } = platform(...times(4, asks(20)), fine);
    await time.during(Promise.all([GET, PUT, GET, PUT].map((request) => client.call(request, ANYTHING))));
    expect(told).toHaveLength(1);
  });

  it("and no other waiting is taken for it", async () => {
    const { call, told } = platform({ status: 503, headers: { "retry-after": "60" } }, fine);
    await call(GET);
    expect(told).toEqual([]);
  });
});

describe("a trace", () => {
  const line = (begin: string, end: string): string => `aixplain debug: 2026-06-15T10:00:${begin}Z ${end}`;

  it("has a line for each attempt: the call, its wait, its time, what was sent and what came", async () => {
    const headers = { "content-type": "application/json", "set-cookie": "COOKIE-CANARY" };
    const { call, traced } = platform(
      lost(true),
      asksLater,
      json(201, { id: "id-1", name: "bot", budget: 7 }, headers),
    );
    await call({ ...POST, body: { name: "bot", budget: 7, expiresAt: null } });
    const sent = '; sent {"name":"bot","budget":7,"expiresAt":null}: ';
    expect(traced).toEqual([
      line(
        "00.000",
        `POST /sdk/api-keys, attempt 1, waited 0 ms, took 0 ms${sent}no answer (GET /sdk/api-keys got no answer from https://platform.test: ECONNRESET. Check the backend URL (aixplain:backendUrl or BACKEND_URL), the network and its proxy settings)`,
      ),
      line(
        "00.125",
        `POST /sdk/api-keys, attempt 2, waited 125 ms, took 0 ms${sent}429; received an empty body; headers retry-after: 7`,
      ),
      line(
        "07.250",
        `POST /sdk/api-keys, attempt 3, waited 7125 ms, took 0 ms${sent}201; received {"id":"id-1","name":"bot","budget":7}; headers content-type: application/json, set-cookie: [hidden]`,
      ),
    ]);
  });

  it("shows the texts of harmless fields only, and never a secret, wherever it stands", async () => {
    const canary = "canary-of-somebody-0123456789";
    const answers: Answer[] = [
      json(200, [{ id: "1", name: `of ${KEY}`, accessKey: canary, more: { [canary]: canary } }]),
      json(200, { items: [canary], key: canary, id: { name: [canary] }, budget: canary }),
      json(200, canary),
      { body: `<html>${canary}` },
      json(200, { id: "1" }, { "x-api-key": canary, location: `/?key=${KEY}` }),
    ];
    for (const answer of answers) {
      const { client, traced } = platform(answer);
      await client.send({
        ...PUT,
        path: `/sdk/${KEY}`,
        body: { accessKey: canary, other: canary, name: KEY },
      });
      expect(traced).toHaveLength(1);
      expect(traced.join()).not.toContain("canary-of");
      expect(traced.join()).not.toContain(KEY);
    }
  });

  it("is short where an answer is long, and one line where a text has several", async () => {
    const key = { id: "1", name: "n\nn".repeat(100), expiresAt: "x".repeat(500) };
    const { call, traced } = platform(
      json(
        200,
        Array.from({ length: 5_000 }, () => key),
      ),
    );
    await call(GET);
    expect(traced.join()).toMatch(/^aixplain debug: [^\n]*$/);
    expect(traced.join().length).toBeLessThan(1_500);
  });
});

describe("the error for an answer", () => {
  it.each([
    [401, AuthenticationError, "AIXPLAIN_API_KEY"],
    [403, ForbiddenError, "to an admin key of the account"],
    [404, NotFoundError, "answered 404"],
    [422, UnprocessableError, "answered 422"],
    [307, ApiError, "redirects are not followed"],
    [418, ApiError, "answered 418"],
  ])("%d says what it means, which call it was, and what the platform said", async (status, type, words) => {
    const { failure, seen } = platform(json(status, { message: "in its own words" }));
    const error = await failure(PUT);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, call: { method: "PUT", path: "/sdk/api-keys/1" } });
    expect(error.message).toContain(words);
    expect(error.message).toContain("PUT /sdk/api-keys/1");
    expect(error.message).toContain("in its own words");
    expect(error.name).toBe(type.name);
    expect(seen).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ["a message", { message: "words" }, "words"],
    ["an error", { error: "words", statusCode: 400 }, "words"],
    ["several messages", { message: ["one", "two"] }, "one; two"],
    ["none of these", { code: 17 }, ""],
  ])("quotes %s", async (_, body, detail) => {
    expect(await platform(json(400, body)).failure(GET)).toMatchObject({ detail });
  });

  it.each([
    ["<!doctype html><p>hello", "a page of HTML"],
    ["upstream connect error", "a body that is not JSON"],
    ["", ""],
  ])("says of %p what it is, and does not repeat it", async (body, detail) => {
    expect(await platform({ status: 400, body }).failure(GET)).toMatchObject({ detail });
  });

  it.each([["<html>not found</html>"], [""], ["404 page not found"], ["null"], ['"gone"']])(
    "404 with %p is no word of the platform that there is no such key",
    async (body) => {
      const error = await platform({ status: 404, body }).failure(GET);
      expect(error).toBeInstanceOf(UnexpectedAnswerError);
      expect(error).not.toBeInstanceOf(NotFoundError);
    },
  );
});

describe("an answer of success that is none", () => {
  const schema = z.object({ id: z.string(), limits: z.object({ tpm: z.number() }) });

  it.each([
    ["<html></html>", "a page of HTML"],
    ["", "an empty body"],
    ["{broken", "a body that is not JSON"],
    ["undefined", "a body that is not JSON"],
  ])("%p is named for what it is", async (body, words) => {
    const error = await platform({ body }).failure(GET, schema);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error.message).toContain(words);
    expect(error.message).toContain("Check the backend URL");
  });

  it("of the wrong shape is named by its fields, and not by their values", async () => {
    const body = { id: 7, limits: { tpm: "VALUE-CANARY" }, accessKey: "ACCESS-CANARY" };
    const error = await platform(json(200, body)).failure(GET, schema);
    expect(error.message).toMatch(/id: .*limits\.tpm: /);
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain("CANARY");
  });

  it("may be JSON of any kind", async () => {
    for (const body of ["null", "7", "[]", '"text"']) {
      expect((await platform({ body }).failure(GET, schema)).message).toContain("body: ");
    }
  });
});

describe("no error holds a secret", () => {
  const LONG = "x".repeat(290);

  it.each<[string, Answer]>([
    ["in a message", json(400, { message: `key ${KEY} is bad` })],
    ["in an address in a message", json(400, { message: `?key=${encodeURIComponent(KEY)}` })],
    ["across the place where a message is cut", json(400, { message: `${LONG}${KEY}` })],
    ["in several messages", json(422, { message: [KEY, KEY] })],
    ["in a page", { status: 500, body: `<html>${KEY}</html>` }],
    ["in a wrong shape", json(200, { [KEY]: KEY })],
    ["in a header", { status: 403, headers: { "x-echo": KEY }, body: "" }],
  ])("that the platform gives back %s", async (_, answer) => {
    const schema = z.strictObject({ id: z.string() });
    const error = await platform(answer).failure(POST, schema);
    const shown = [
      inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      JSON.stringify(error),
      String(error.stack),
      String(error),
    ].join("\n");
    // Also not a beginning of it.
    expect(shown).not.toContain(KEY.slice(0, 10));
    expect(shown).not.toContain("BODY-CANARY");
  });

  it("is kept short, whatever the platform says", async () => {
    const error = await platform(json(400, { message: "z".repeat(100_000) })).failure(GET);
    expect(error.message.length).toBeLessThan(600);
  });
});
