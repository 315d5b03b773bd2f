import http from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { types } from "node:util";
import axios, { type AxiosResponse, isAxiosError } from "axios";
import { isLoopback } from "../core/loopback";
import { type Call, ConnectionError, callOf } from "./errors";

export interface HttpRequest extends Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Relative to the base address, percent-encoded: `/sdk/api-keys`. */
  readonly path: string;
  readonly body?: unknown;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends one request and returns the answer, whatever its status. Throws only {@link ConnectionError}. */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

export interface TransportOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The time-out of connecting, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** The time-out of the whole call, in milliseconds. */
  readonly timeoutMs?: number;
}

/** The TLS handshake fails before the request is sent. */
const UNTRUSTED = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** These fail before the request is sent, so the platform has not seen it. */
const NEVER_ARRIVED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ECONNECTTIMEOUT",
  ...UNTRUSTED,
]);

function nextAfter(code: string | undefined): { readonly next?: string } {
  if (code === "ERR_CANCELED") {
    return {
      next: "Run the command again; on a slow link, set a longer aixplain:timeoutSeconds or AIXPLAIN_TIMEOUT_SECONDS",
    };
  }
  if (code === undefined || !UNTRUSTED.has(code)) return {};
  return {
    next: "Check the backend URL (aixplain:backendUrl or BACKEND_URL) and its certificate; add your own certificate authority with NODE_EXTRA_CA_CERTS",
  };
}

class ConnectTimeout extends Error {
  readonly code = "ECONNECTTIMEOUT";
}

function limitConnecting<S extends Duplex | null | undefined>(
  socket: S,
  ready: string,
  timeoutMs: number,
): S {
  if (!socket) return socket;
  const timer = setTimeout(
    () => socket.destroy(new ConnectTimeout(`no connection within ${timeoutMs} ms`)),
    timeoutMs,
  );
  const clear = (): void => clearTimeout(timer);
  socket.once(ready, clear).once("close", clear).once("error", clear);
  return socket;
}

function agents(connectTimeoutMs: number): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  class Http extends http.Agent {
    override createConnection(
      ...args: Parameters<http.Agent["createConnection"]>
    ): Duplex | null | undefined {
      return limitConnecting(super.createConnection(...args), "connect", connectTimeoutMs);
    }
  }
  class Https extends https.Agent {
    override createConnection(
      ...args: Parameters<https.Agent["createConnection"]>
    ): Duplex | null | undefined {
      return limitConnecting(super.createConnection(...args), "secureConnect", connectTimeoutMs);
    }
  }
  return { httpAgent: new Http({ keepAlive: true }), httpsAgent: new Https({ keepAlive: true }) };
}

const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/**
 * The transport over axios. No AxiosError leaves this function, because it contains the headers and the body. The cause
 * is the error of the socket.
 */
export function axiosTransport(options: TransportOptions): Transport {
  const { baseUrl, apiKey, connectTimeoutMs = 10_000, timeoutMs = 60_000 } = options;
  const client = axios.create({
    baseURL: baseUrl,
    // A proxy must not read a key that stays on this machine.
    ...(isLoopback(new URL(baseUrl).hostname) ? { proxy: false } : {}),
    // axios would send the key to any host that a redirect names.
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    validateStatus: () => true,
    responseType: "text",
    // axios would encode JSON text again.
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
    headers: { "x-api-key": apiKey, accept: "application/json" },
    ...agents(connectTimeoutMs),
  });
  const { origin, protocol } = new URL(baseUrl);
  return async (request) => {
    const { method, path, body } = request;
    let answer: AxiosResponse<unknown>;
    try {
      answer = await client.request<unknown>({
        method,
        url: path,
        // The time-out of axios restarts with every byte.
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined
          ? {}
          : { data: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
    } catch (error) {
      throw connectionError(callOf(request), origin, error, timeoutMs);
    }
    if (protocol === "https:" && cameInTheClear(answer.request)) {
      const reason = `the proxy in HTTPS_PROXY refused the connection with status ${answer.status}`;
      throw new ConnectionError(callOf(request), origin, true, reason, {
        next: "Check HTTPS_PROXY, or add the backend's host to NO_PROXY",
      });
    }
    const headers = Object.entries(answer.headers).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]);
    return {
      status: answer.status,
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: typeof answer.data === "string" ? answer.data : "",
    };
  };
}

/** axios takes a proxy's refusal of a tunnel for an answer of the platform. */
const cameInTheClear = (request: unknown): boolean =>
  request instanceof http.ClientRequest && request.socket !== null && !(request.socket instanceof TLSSocket);

/** An error of Node.js without its fields: a parser error contains the bytes of the answer. */
function bare(error: Error): Error {
  const copy = new Error(error.message);
  copy.name = error.name;
  return Object.assign(copy, "code" in error ? { code: error.code } : {});
}

/** Each address of a host failed separately. */
const messageOf = (error: Error): string =>
  "errors" in error && Array.isArray(error.errors)
    ? error.errors.map((each: Error) => each.message).join("; ")
    : error.message;

function connectionError(call: Call, origin: string, error: unknown, timeoutMs: number): ConnectionError {
  const code = isAxiosError(error) ? error.code : undefined;
  // An AxiosError contains the request.
  const below = isAxiosError(error) ? error.cause : error;
  const text = types.isNativeError(below) ? messageOf(below) : isAxiosError(error) ? error.message : "";
  const reason =
    code === "ERR_CANCELED"
      ? `no answer within ${timeoutMs} ms`
      : `${code ?? "failure"}${text === "" ? "" : ` (${text.replaceAll(`${code} `, "")})`}`;
  const cause = types.isNativeError(below) && !isAxiosError(below) ? { cause: bare(below) } : {};
  const neverArrived = code !== undefined && NEVER_ARRIVED.has(code);
  return new ConnectionError(call, origin, neverArrived, reason, { ...nextAfter(code), ...cause });
}
