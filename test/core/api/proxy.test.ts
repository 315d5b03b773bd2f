import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect, promisify } from "node:util";
import { ConnectionError } from "../../../provider/api/errors";
import { axiosTransport, type HttpRequest } from "../../../provider/api/http";
import { selfSigned } from "./certificate";
import { closeAll, closedPort, httpServer, httpsServer, proxyServer, rawServer } from "./loopback-server";

const KEY = "admin-key-CANARY-0123456789";
const POST: HttpRequest = { method: "POST", path: "/sdk/api-keys", body: { name: "BODY-CANARY" } };
const ROOT = path.join(__dirname, "../../..");

const PROXY_VARIABLES = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

async function withEnvironment<T>(settings: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = PROXY_VARIABLES.map((name) => [name, process.env[name]] as const);
  for (const name of PROXY_VARIABLES) delete process.env[name];
  Object.assign(process.env, settings);
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

const call = (baseUrl: string, settings: Record<string, string>) =>
  withEnvironment(settings, () => axiosTransport({ baseUrl, apiKey: KEY })(POST));

const failure = async (baseUrl: string, settings: Record<string, string>): Promise<ConnectionError> => {
  const error: unknown = await call(baseUrl, settings).catch((thrown: unknown) => thrown);
  if (error instanceof ConnectionError) return error;
  throw new Error(`no ConnectionError: ${inspect(error)}`);
};

const at = (server: { port: number }, user = "") => `http://${user}127.0.0.1:${server.port}`;

afterEach(closeAll);

describe("https through a proxy", () => {
  it("is a tunnel: the proxy learns the host, and nothing of what goes through", async () => {
    const requests: Record<string, unknown>[] = [];
    const certificate = selfSigned("platform.test");
    const platform = await httpsServer(certificate, (request, response) => {
      requests.push({ url: request.url, key: request.headers["x-api-key"] });
      response.end('{"ok": true}');
    });
    const proxy = await proxyServer(platform.port);
    const folder = mkdtempSync(path.join(tmpdir(), "aixplain-proxy-"));
    try {
      const trusted = path.join(folder, "trusted.pem");
      writeFileSync(trusted, certificate.cert);
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--import", "tsx", require.resolve("./one-call.ts"), "https://platform.test", KEY],
        {
          cwd: ROOT,
          env: {
            PATH: process.env.PATH,
            NODE_EXTRA_CA_CERTS: trusted,
            HTTPS_PROXY: at(proxy, "user:PROXY-CANARY@"),
          },
        },
      );
      expect(JSON.parse(stdout)).toEqual({ status: 200, body: '{"ok": true}' });
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(requests).toEqual([{ url: "/sdk/api-keys", key: KEY }]);
    const credentials = Buffer.from("user:PROXY-CANARY").toString("base64");
    const [opening = "", ...tunnelled] = proxy.received().split("\r\n\r\n");
    const rest = tunnelled.join("\r\n\r\n");
    expect(opening).toMatch(/^CONNECT platform\.test:443 HTTP\/1\.1\r\n/);
    expect(opening).toContain(`Proxy-Authorization: Basic ${credentials}`);
    expect(opening + rest).not.toMatch(/admin-key-CANARY|BODY-CANARY|x-api-key|sdk\/api-keys/i);
    // A TLS record: a handshake.
    expect(rest.slice(0, 2)).toBe("\u0016\u0003");
    expect(platform.received()).not.toContain(credentials);
  });

  it("ends where the certificate behind the tunnel is not trusted, before the key is sent", async () => {
    const requests: string[] = [];
    const platform = await httpsServer(selfSigned("platform.test"), (request, response) => {
      requests.push(request.url ?? "");
      response.end();
    });
    const proxy = await proxyServer(platform.port);
    const error = await failure("https://platform.test", { HTTPS_PROXY: at(proxy) });
    expect(error.neverArrived).toBe(true);
    expect(requests).toEqual([]);
  });

  it.each([[407], [403], [404], [502]])(
    "that the proxy refuses with %d never arrived, is told as the proxy's word, and never shows it the key",
    async (status) => {
      const proxy = await proxyServer(await closedPort(), status);
      const error = await failure("https://platform.test", { HTTPS_PROXY: at(proxy, "user:PROXY-CANARY@") });
      expect(error.neverArrived).toBe(true);
      expect(error.message).toBe(
        `POST /sdk/api-keys got no answer from https://platform.test: the proxy in HTTPS_PROXY refused the connection with status ${status}. Check HTTPS_PROXY, or add the backend's host to NO_PROXY`,
      );
      expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain("CANARY");
      expect(proxy.received()).toMatch(/^CONNECT platform\.test:443/);
      expect(proxy.received()).not.toContain("CANARY");
    },
  );

  it("that goes nowhere, because the proxy hangs up, ends in time and never shows it the key", async () => {
    const proxy = await rawServer((socket) => socket.once("data", () => socket.end()));
    const options = { baseUrl: "https://platform.test", apiKey: KEY, timeoutMs: 400 };
    const lost = withEnvironment({ HTTPS_PROXY: at(proxy) }, () => axiosTransport(options)(POST));
    await expect(lost).rejects.toThrow("no answer within 400 ms");
    expect(proxy.received()).toMatch(/^CONNECT platform\.test:443/);
    expect(proxy.received()).not.toContain("CANARY");
  });

  it("whose proxy is not there never arrived, and no password of the proxy is in the error", async () => {
    const settings = { HTTPS_PROXY: `http://user:PROXY-CANARY@127.0.0.1:${await closedPort()}` };
    const error = await failure("https://platform.test", settings);
    expect(error.neverArrived).toBe(true);
    expect(error.message).toContain("ECONNREFUSED");
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain("CANARY");
  });
});

describe("plain http, where it was allowed", () => {
  it("goes through HTTP_PROXY, in either spelling of the variable", async () => {
    for (const variable of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"]) {
      const platform = await httpServer((_, response) => response.end("[]"));
      const proxy = await proxyServer(platform.port);
      expect((await call("http://platform.test", { [variable]: at(proxy) })).body).toBe("[]");
      expect(proxy.received()).toMatch(/^POST http:\/\/platform\.test\/sdk\/api-keys HTTP/);
    }
  });

  it("does not go through HTTPS_PROXY", async () => {
    const platform = await httpServer((_, response) => response.end("[]"));
    const proxy = await proxyServer(platform.port);
    expect((await call(`http://0.0.0.0:${platform.port}`, { HTTPS_PROXY: at(proxy) })).status).toBe(200);
    expect(proxy.connections()).toBe(0);
  });
});

describe("NO_PROXY", () => {
  it.each([
    ["the host", "0.0.0.0"],
    ["the host among others", "example.test, 0.0.0.0"],
    ["everything", "*"],
  ])("that names %s lets the call go there directly", async (_, hosts) => {
    const platform = await httpServer((_request, response) => response.end("[]"));
    const proxy = await proxyServer(platform.port);
    const settings = { HTTP_PROXY: at(proxy), NO_PROXY: hosts };
    expect((await call(`http://0.0.0.0:${platform.port}`, settings)).body).toBe("[]");
    expect(proxy.connections()).toBe(0);
    expect(platform.connections()).toBe(1);
  });

  it.each([["example.test"], ["0.0.0.0:1"], ["test"], ["1.0.0.0"]])(
    "that names others only (%s) leaves the call to the proxy",
    async (hosts) => {
      const platform = await httpServer((_, response) => response.end("[]"));
      const proxy = await proxyServer(platform.port);
      const settings = { HTTP_PROXY: at(proxy), NO_PROXY: hosts };
      expect((await call(`http://0.0.0.0:${platform.port}`, settings)).body).toBe("[]");
      expect(proxy.connections()).toBe(1);
    },
  );
});

describe("a backend on this machine", () => {
  it.each([["127.0.0.1"], ["localhost"]])(
    "(%s) is never reached through a proxy, which could read the key",
    async (host) => {
      const platform = await httpServer((_, response) => response.end("[]"));
      const proxy = await proxyServer(platform.port);
      const settings = { HTTP_PROXY: at(proxy), HTTPS_PROXY: at(proxy), ALL_PROXY: at(proxy) };
      expect((await call(`http://${host}:${platform.port}`, settings)).body).toBe("[]");
      expect(proxy.connections()).toBe(0);
    },
  );
});
