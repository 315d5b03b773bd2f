import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { connect } from "../../../provider/api/connect";
import { ApiError, ConnectionError } from "../../../provider/api/errors";
import { axiosTransport, type HttpRequest, type TransportOptions } from "../../../provider/api/http";
import { selfSigned } from "./certificate";
import {
  closeAll,
  closedPort,
  httpServer,
  httpsServer,
  type LoopbackServer,
  rawServer,
} from "./loopback-server";

const KEY = "admin-key-CANARY-0123456789";
const GET: HttpRequest = { method: "GET", path: "/sdk/api-keys" };
const POST: HttpRequest = { method: "POST", path: "/sdk/api-keys", body: { name: "BODY-CANARY" } };

const to = (server: LoopbackServer | number, options: Partial<TransportOptions> = {}) =>
  axiosTransport({
    baseUrl: `http://127.0.0.1:${typeof server === "number" ? server : server.port}`,
    apiKey: KEY,
    ...options,
  });

async function failure(call: Promise<unknown>): Promise<ConnectionError> {
  const error: unknown = await call.then(
    (answer) => answer,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConnectionError) return error;
  throw new Error(`no ConnectionError: ${inspect(error)}`);
}

const shown = (error: Error): string =>
  [
    inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxStringLength: null }),
    JSON.stringify(error),
    String(error.stack),
    ...(error.cause instanceof Error ? [shown(error.cause)] : []),
  ].join("\n");

afterEach(closeAll);

describe("a request", () => {
  it("carries the key, the method, the path below the base address, and JSON where there is a body", async () => {
    const server = await httpServer((_, response) => response.end("{}"));
    await to(server, { baseUrl: `http://127.0.0.1:${server.port}/base` })(POST);
    const sent = server.received();
    expect(sent).toMatch(/^POST \/base\/sdk\/api-keys HTTP\/1\.1\r\n/);
    expect(sent).toContain(`x-api-key: ${KEY}\r\n`);
    expect(sent.toLowerCase()).toContain("content-type: application/json\r\n");
    expect(sent.endsWith(`\r\n\r\n${JSON.stringify(POST.body)}`)).toBe(true);
  });

  it("keeps percent-escapes in a path as they are", async () => {
    const server = await httpServer((_, response) => response.end("{}"));
    await to(server)({ method: "GET", path: "/v2/models/openai%2Fgpt-4o-mini" });
    expect(server.received()).toContain("GET /v2/models/openai%2Fgpt-4o-mini HTTP/1.1");
  });

  it("shares a connection with the one before it", async () => {
    const server = await httpServer((_, response) => response.end("{}"));
    const transport = to(server);
    for (let n = 0; n < 3; n += 1) await transport(GET);
    expect(server.connections()).toBe(1);
  });
});

describe("an answer", () => {
  it.each([[200], [204], [304], [401], [404], [429], [500], [503]])(
    "of %d comes back as it is, with its headers in lower case",
    async (status) => {
      const server = await httpServer((_, response) => {
        response.writeHead(status, { "Retry-After": "7", "X-Many": ["a", "b"] });
        response.end(status === 204 || status === 304 ? undefined : '{"a": 1}');
      });
      const answer = await to(server)(GET);
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject({ "retry-after": "7", "x-many": expect.stringMatching(/a,\s?b/) });
      expect(answer.body).toBe(status === 204 || status === 304 ? "" : '{"a": 1}');
    },
  );

  it("is text as it was sent, whether it is JSON or not", async () => {
    for (const body of ["<html>ü 🚀</html>", "{broken", '"text"', "7", "\ufeff{}"]) {
      const server = await httpServer((_, response) => response.end(body));
      expect((await to(server)(GET)).body.replace(/^\ufeff/, "")).toBe(body.replace(/^\ufeff/, ""));
    }
  });

  it("may be compressed", async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(gzipSync('{"a": 1}'));
    });
    expect((await to(server)(GET)).body).toBe('{"a": 1}');
  });

  it("may be big: an account of many keys", async () => {
    const key = { id: "k", name: "n".repeat(200), accessKey: "abcd****wxyz" };
    const keys = Array.from({ length: 20_000 }, (_, n) => ({ ...key, id: `k${n}` }));
    const server = await httpServer((_, response) => response.end(JSON.stringify(keys)));
    const { keys: api } = connect({ apiKey: KEY, backendUrl: `http://127.0.0.1:${server.port}` });
    expect(await api.list()).toHaveLength(20_000);
  });
});

it("a connection waits by the real clock where it is given no other", async () => {
  let calls = 0;
  const server = await httpServer((_, response) => {
    calls += 1;
    response.writeHead(calls === 1 ? 503 : 200).end("[]");
  });
  const { keys, now } = connect({ apiKey: KEY, backendUrl: `http://127.0.0.1:${server.port}` });
  const began = now();
  expect(await keys.list()).toEqual([]);
  expect(calls).toBe(2);
  expect(now() - began).toBeLessThan(5000);
});

describe("a redirect to another host", () => {
  it.each([[301], [302], [303], [307], [308]])(
    "of %d is not followed: the other host gets nothing, least of all the key",
    async (status) => {
      const other = await httpServer((_, response) => response.end("[]"));
      const server = await httpServer((_, response) => {
        response.writeHead(status, { location: `http://localhost:${other.port}/sdk/api-keys` });
        response.end();
      });
      for (const request of [GET, POST]) {
        expect((await to(server)(request)).status).toBe(status);
      }
      const { keys } = connect({ apiKey: KEY, backendUrl: `http://127.0.0.1:${server.port}` });
      await expect(keys.list()).rejects.toThrow("redirects are not followed");
      await expect(keys.list()).rejects.toBeInstanceOf(ApiError);
      expect(other.connections()).toBe(0);
      expect(other.received()).toBe("");
    },
  );
});

describe("a request that provably never arrived", () => {
  it("is one that nobody listened to", async () => {
    const error = await failure(to(await closedPort())(POST));
    expect(error.neverArrived).toBe(true);
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED", message: expect.stringContaining("connect") });
    expect(error.message).toMatch(
      /POST \/sdk\/api-keys got no answer from http:\/\/127\.0\.0\.1:\d+: ECONNREFUSED/,
    );
  });

  it("is one to a host whose every address refuses, with words for why", async () => {
    const port = await closedPort();
    const error = await failure(to(port, { baseUrl: `http://localhost:${port}` })(POST));
    expect(error.neverArrived).toBe(true);
    expect(error.message).toMatch(/ECONNREFUSED \(connect (?!.*ECONNREFUSED).+\)\. Check the backend URL/);
  });

  it("is one whose connection did not stand in time", async () => {
    const server = await rawServer(() => undefined);
    const secure = { baseUrl: `https://127.0.0.1:${server.port}`, connectTimeoutMs: 30 };
    const error = await failure(to(server, secure)(POST));
    expect(error.neverArrived).toBe(true);
    expect(error.message).toContain("no connection within 30 ms");
    expect(server.received()).not.toContain("CANARY");
  });

  it("is one to a server whose certificate nobody vouches for, which then sees no key", async () => {
    const requests: string[] = [];
    const server = await httpsServer(selfSigned("localhost"), (request, response) => {
      requests.push(request.url ?? "");
      response.end("{}");
    });
    const error = await failure(to(server, { baseUrl: `https://localhost:${server.port}` })(POST));
    expect(error.neverArrived).toBe(true);
    expect(error.message).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(requests).toEqual([]);
  });
});

describe("a request that may have been carried out", () => {
  it("is one whose connection was lost after it was sent", async () => {
    const server = await httpServer((request) => request.socket.destroy());
    const error = await failure(to(server)(POST));
    expect(server.received()).toContain("BODY-CANARY");
    expect(error.neverArrived).toBe(false);
  });

  it("is one whose answer was lost in the middle", async () => {
    const server = await httpServer((request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => request.socket.destroy());
    });
    const error = await failure(to(server)(POST));
    expect(error.neverArrived).toBe(false);
    expect(error.message).toContain("aborted");
  });

  it("is one that got no answer in time", async () => {
    const server = await httpServer(() => undefined);
    const error = await failure(to(server, { timeoutMs: 40 })(POST));
    expect(error.neverArrived).toBe(false);
    expect(error.message).toContain("no answer within 40 ms");
  });

  it("is one whose answer never ends, although it never pauses either", async () => {
    const server = await httpServer((_, response) => {
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(drip));
    });
    const error = await failure(to(server, { timeoutMs: 60 })(POST));
    expect(error.neverArrived).toBe(false);
    expect(error.message).toContain("no answer within 60 ms");
  });

  it("is one that was answered with something that is not HTTP", async () => {
    const server = await rawServer((socket) => socket.once("data", () => socket.end("HTTP/9.9 no\r\n\r\n")));
    expect((await failure(to(server)(POST))).neverArrived).toBe(false);
  });

  it("is not one that merely takes longer than a connection may", async () => {
    const server = await httpServer((_, response) => void setTimeout(() => response.end("{}"), 350));
    expect((await to(server, { connectTimeoutMs: 300 })(GET)).status).toBe(200);
  });
});

describe("no failure shows the key, the body or the answer", () => {
  const cases: Record<string, () => Promise<ConnectionError>> = {
    "a refused connection": async () => failure(to(await closedPort())(POST)),
    "a lost connection": async () =>
      failure(to(await httpServer((request) => request.socket.destroy()))(POST)),
    "a time-out": async () => failure(to(await httpServer(() => undefined), { timeoutMs: 30 })(POST)),
    "an answer that is lost in the middle": async () => {
      const server = await httpServer((request, response) => {
        response.writeHead(200, { "content-length": "999" });
        response.write('{"accessKey": "ACCESS-CANARY"', () => request.socket.destroy());
      });
      return failure(to(server)(POST));
    },
    "an answer that is not HTTP": async () => {
      const garbage = `HTTP/9.9 ACCESS-CANARY\r\n\r\n`;
      const server = await rawServer((socket) => socket.once("data", () => socket.end(garbage)));
      return failure(to(server)(POST));
    },
    "a body that is no JSON": async () => {
      const circle: Record<string, unknown> = { name: "BODY-CANARY" };
      circle.self = circle;
      return failure(to(await closedPort())({ ...POST, body: circle }));
    },
    "a key that is no header": async () => failure(to(await closedPort(), { apiKey: `${KEY}\n` })(POST)),
  };

  it.each(Object.entries(cases))("%s", async (_, fail) => {
    const error = await fail();
    expect(shown(error)).not.toContain("CANARY");
    for (let each: unknown = error; each instanceof Error; each = each.cause) {
      for (const name of Object.getOwnPropertyNames(each)) {
        const value: unknown = Reflect.get(each, name);
        const bytes = Buffer.isBuffer(value) ? value.toString("latin1") : "";
        expect(bytes).not.toContain("CANARY");
      }
    }
    expect(error.message).toContain("POST /sdk/api-keys");
  });
});
