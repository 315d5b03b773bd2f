import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Certificate } from "./certificate";

export interface LoopbackServer {
  readonly port: number;
  /** Every byte that arrived, as it came over the connection. */
  received(): string;
  connections(): number;
  close(): Promise<void>;
}

const running = new Set<LoopbackServer>();

export async function closeAll(): Promise<void> {
  await Promise.all([...running].map((server) => server.close()));
}

async function listening(server: net.Server): Promise<LoopbackServer> {
  const sockets = new Set<Duplex>();
  const chunks: Buffer[] = [];
  let connections = 0;
  server.on("connection", (socket: net.Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined).on("data", (chunk) => chunks.push(chunk));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  const handle: LoopbackServer = {
    port,
    received: () => Buffer.concat(chunks).toString("latin1"),
    connections: () => connections,
    close: async () => {
      running.delete(handle);
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
  running.add(handle);
  return handle;
}

export const httpServer = (listener: http.RequestListener): Promise<LoopbackServer> =>
  listening(http.createServer(listener));

/** A server that speaks HTTPS. What it received is what the wire shows: enciphered. */
export const httpsServer = (
  certificate: Certificate,
  listener: http.RequestListener,
): Promise<LoopbackServer> => listening(https.createServer({ ...certificate }, listener));

export const rawServer = (listener: (socket: net.Socket) => void): Promise<LoopbackServer> =>
  listening(net.createServer(listener));

export async function closedPort(): Promise<number> {
  const server = await httpServer(() => undefined);
  await server.close();
  return server.port;
}

/**
 * A forward proxy. It passes plain requests on to `target`, whatever host they name, and tunnels CONNECT there, or turns
 * it away with a status.
 */
export async function proxyServer(target: number, refusal?: number): Promise<LoopbackServer> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://none");
    const onward = http.request(
      { port: target, host: "127.0.0.1", method: request.method, path: pathname, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
  server.on("connect", (_, socket) => {
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal} no\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>`);
      return;
    }
    const onward = net.connect(target, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  });
  return listening(server);
}
