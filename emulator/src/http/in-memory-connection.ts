import { type IncomingMessage, type RequestOptions, request, type Server } from "node:http";
import { Duplex } from "node:stream";

class End extends Duplex {
  other: End | undefined;
  private wanted: (() => void) | undefined;

  override _read(): void {
    const wanted = this.wanted;
    this.wanted = undefined;
    wanted?.();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const { other } = this;
    if (other === undefined || other.destroyed || other.push(chunk)) done();
    else other.wanted = done;
  }

  override _final(done: () => void): void {
    if (this.other?.destroyed === false) this.other.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { other } = this;
    if (other !== undefined && !other.destroyed) setImmediate(() => other.destroy());
    done(error);
  }
}

export interface InjectedRequest {
  method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS";
  url: string;
  headers?: Record<string, string>;
  payload?: string | object | Buffer;
}

export interface InjectedResponse {
  statusCode: number;
  headers: Record<string, string | number | string[] | undefined>;
  body: string;
}

/**
 * Sends one request through the server's HTTP parser without a port. A dropped connection rejects with the code
 * `ECONNRESET`.
 */
export function injectInto(
  server: Server,
  { method, url, headers, payload }: InjectedRequest,
): Promise<InjectedResponse> {
  const client = new End();
  const peer = new End();
  client.other = peer;
  peer.other = client;
  const isJson = typeof payload === "object" && !Buffer.isBuffer(payload);
  const body = payload === undefined ? undefined : isJson ? JSON.stringify(payload) : payload;
  const options: RequestOptions = {
    method,
    path: url,
    host: "emulator.invalid",
    createConnection: () => client,
    headers: {
      connection: "close",
      ...(isJson ? { "content-type": "application/json" } : {}),
      ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      ...headers,
    },
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => read(incoming).then(resolve, reject));
    outgoing.on("error", reject);
    server.emit("connection", peer);
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<InjectedResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  return { statusCode: incoming.statusCode ?? 0, headers: incoming.headers, body };
}
