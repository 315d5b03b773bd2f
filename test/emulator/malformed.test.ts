import { once } from "node:events";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator/src/index";
import { countTokens } from "../../emulator/src/runs/tokenizer";
import { ADMIN_KEY, GUIDE_MODEL } from "./rehearsal";

type Body = NonNullable<RequestInit["body"]>;

let emulator: Emulator;
let memberKey: string;
const internalErrors: string[] = [];
const lines: string[] = [];
beforeAll(async () => {
  const log = (line: string) => (line.startsWith("internal error") ? internalErrors : lines).push(line);
  emulator = await startEmulator({ adminKey: ADMIN_KEY, requestTimeoutMs: 500, checkAnswers: true, log });
  memberKey = emulator.controls.createKey({ name: "member" }).accessKey;
});
afterAll(() => emulator.close());
afterEach(async () => {
  expect(internalErrors).toEqual([]);
  const { status } = await send("GET", "/sdk/api-keys", undefined, ADMIN_KEY);
  expect(status).toBe(200);
});

async function send(
  method: string,
  path: string,
  body: Body | undefined,
  key: string,
  type = "application/json",
) {
  const headers = { "x-api-key": key, ...(body === undefined ? {} : { "content-type": type }) };
  const response = await fetch(`${emulator.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}
const create = (body: Body, type?: string) => send("POST", "/sdk/api-keys", body, ADMIN_KEY, type);
const run = (body: Body, type?: string) =>
  send("POST", `/api/v2/execute/${GUIDE_MODEL}`, body, memberKey, type);

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

test.each([
  ["broken JSON", '{"name": '],
  ["no JSON at all", "hello"],
  ["invalid UTF-8", Buffer.from('{"name":"ÿþ"}', "latin1")],
  ["a list", "[]"],
  ["a number", "7"],
  ["null", "null"],
  ["an empty body", ""],
  ["numbers too large to be any", '{"name":"x","budget":1e999,"globalLimits":{"rpm":1e308,"tpm":-1e999}}'],
  ["a whole number that is no longer exact", '{"name":"x","globalLimits":{"rpm":9007199254740993}}'],
  ["wrong types everywhere", '{"name":{},"budget":"5","globalLimits":[],"assetsLimits":{},"expiresAt":true}'],
  [
    "things nested 100,000 levels deep",
    `{"name":${nested(100_000)},"assetsLimits":${"[".repeat(9_999)}${"]".repeat(9_999)}}`,
  ],
  ["an attempt on the prototype", '{"__proto__":{"name":"x"},"constructor":{"prototype":{}}}'],
  ["a name without end", JSON.stringify({ name: "x".repeat(100_000) })],
  ["a date that overflows", '{"name":"x","expiresAt":"999999-01-01"}'],
])("creating a key with %s is answered with 400", async (_what, body) => {
  expect((await create(body)).status).toBe(400);
});

test.each([
  ["10 MB", Buffer.alloc(10 * 1024 * 1024, " ")],
  [
    "more than allowed without saying so",
    new ReadableStream({ pull: (to) => to.enqueue(Buffer.alloc(65_536, " ")) }),
  ],
])("a body of %s is turned away", async (_what, body) => {
  const init = {
    method: "POST",
    body,
    duplex: "half",
    headers: { "x-api-key": ADMIN_KEY, "content-type": "application/json" },
  };
  const status = await fetch(`${emulator.url}/sdk/api-keys`, init as RequestInit).then(
    (response) => response.status,
    () => "closed",
  );
  expect([413, "closed"]).toContain(status);
});

test.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "application/xml",
  "multipart/form-data; boundary=x",
  "nonsense",
])("a body of type %s is answered with 415", async (type) => {
  expect((await create('{"name":"x"}', type)).status).toBe(415);
});

test.each([
  ["data nested 100,000 levels deep", `{"data":${nested(100_000)}}`, 400],
  ["a list nested 100,000 levels deep", `{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400],
  ["half a character", '{"data":"\\ud800"}', 200],
  ["no characters but control characters", '{"data":"\\u0000\\u0001\\u001f"}', 200],
  ["a marker of the tokenizer's own", '{"data":"<|endoftext|><|endofprompt|>"}', 200],
  ["a max_tokens too large to be any", '{"data":"x","max_tokens":1e999}', 400],
])("a run with %s is answered with a plain answer", async (_what, body, status) => {
  expect((await run(body)).status).toBe(status);
});

test("a word of a megabyte does not keep the emulator busy for more than a moment", async () => {
  countTokens("warm");
  for (const text of [
    "a".repeat(1_000_000),
    " ".repeat(1_000_000),
    "漢".repeat(300_000),
    "!?".repeat(400_000),
    `!${"/\n".repeat(300_000)}`,
  ]) {
    const started = performance.now();
    expect((await run(JSON.stringify({ data: text }))).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(5_000);
  }
});

test("whatever the JSON, no answer is a 500", async () => {
  const key = fc.constantFrom(
    "name",
    "budget",
    "globalLimits",
    "assetsLimits",
    "expiresAt",
    "data",
    "max_tokens",
    "options",
    "tpm",
    "assetId",
    "stream",
  );
  const { tree } = fc.letrec((tie) => ({
    leaf: fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.constantFrom(null, true, GUIDE_MODEL, "total", "2027-01-01", "", -1),
    ),
    tree: fc.oneof(
      { weight: 3, arbitrary: tie("leaf") },
      { weight: 2, arbitrary: fc.dictionary(key, tie("tree")) },
      fc.array(tie("tree"), { maxLength: 3 }),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.dictionary(key, tree), tree), async (body) => {
      const text = JSON.stringify(body) ?? "null";
      const statuses = [(await create(text)).status, (await run(text)).status];
      for (const status of statuses) expect([200, 201, 400, 409, 422]).toContain(status);
    }),
    { numRuns: 150 },
  );
});

test.each(["GET", "POST", "PUT", "DELETE"])("whatever the address, %s answers no 500", async (method) => {
  const part = fc.constantFrom(
    "sdk",
    "v2",
    "api",
    "api-keys",
    "models",
    "v1",
    "execute",
    "data",
    "usage-limits",
    "_emulator",
    "%2F",
    "%00",
    "..",
    "a b",
    "ü",
    "%",
    "x".repeat(2_000),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      const path = encodeURI(`/${parts.join("/")}`);
      const { status } = await send(method, path, undefined, ADMIN_KEY);
      expect([200, 400, 403, 404, 414, 501]).toContain(status);
    }),
    { numRuns: 60 },
  );
});

describe("on the wire", () => {
  const open = async (): Promise<Socket> => {
    const { hostname, port } = new URL(emulator.url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, "connect");
    return socket;
  };
  const answerOf = async (socket: Socket): Promise<string> => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    await once(socket, "close");
    return text;
  };

  test.each([
    ["no HTTP at all", "\x00\x01\x02hello\r\n\r\n"],
    ["a header of a megabyte", `GET / HTTP/1.1\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n`],
    [
      "two lengths that differ",
      "POST /sdk/api-keys HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
    ],
    ["no host", "GET /sdk/api-keys HTTP/1.1\r\nconnection: close\r\n\r\n"],
    ["a tunnel", "CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n"],
    [
      "an expectation that nobody knows",
      "POST /sdk/api-keys HTTP/1.1\r\nhost: x\r\nexpect: nonsense\r\ncontent-length: 2\r\n\r\n{}",
    ],
    ["a negative length", "POST /sdk/api-keys HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n"],
    ["a header that is never finished", "GET /sdk/api-keys HTTP/1.1\r\nhost:"],
    [
      "a body that never arrives",
      "POST /sdk/api-keys HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    ],
  ])("%s gets a 4xx, a 501 or a closed connection, and leaves one line in the log", async (_what, bytes) => {
    lines.length = 0;
    const socket = await open();
    socket.write(bytes);
    expect(await answerOf(socket)).toMatch(/^(HTTP\/1\.1 (4\d\d|501) |$)/);
    expect(lines).toEqual([expect.stringMatching(/ (4\d\d|501) /)]);
  });

  test("a client that goes away before its answer disturbs nobody", async () => {
    for (let at = 0; at < 50; at += 1) {
      const socket = await open();
      socket.write("GET /sdk/api-keys HTTP/1.1\r\nhost: x\r\n");
      socket.destroy();
    }
  });

  test("1,000 connections that say nothing do not keep others out", async () => {
    const idle = await Promise.all(Array.from({ length: 1_000 }, open));
    const { status } = await send("GET", "/sdk/api-keys", undefined, ADMIN_KEY);
    expect(status).toBe(200);
    for (const socket of idle) socket.destroy();
  });
});
