import { once } from "node:events";
import { connect, type Socket } from "node:net";

export function requestOf(path: string, accessKey: string, body: object): Buffer {
  const json = JSON.stringify(body);
  const head = [
    `POST ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    `x-api-key: ${accessKey}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(json)}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${json}`);
}

/** Many connections that stay open, on each of which one request at a time is under way. */
export class Volley {
  private constructor(private readonly sockets: readonly Socket[]) {}

  static async open(url: string, connections: number): Promise<Volley> {
    const { hostname, port } = new URL(url);
    const sockets: Socket[] = [];
    // In batches, so that the queue of connections that wait to be accepted does not run over.
    while (sockets.length < connections) {
      const batch = Array.from({ length: Math.min(200, connections - sockets.length) }, () => {
        const socket = connect({ host: hostname, port: Number(port) });
        socket.setNoDelay(true);
        return socket;
      });
      await Promise.all(batch.map((socket) => once(socket, "connect")));
      sockets.push(...batch);
    }
    return new Volley(sockets);
  }

  fire(requests: readonly Buffer[]): Promise<number[]> {
    return Promise.all(requests.map((request, at) => exchange(this.sockets[at] as Socket, request)));
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}

function exchange(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = "";
    const onData = (chunk: Buffer): void => {
      received += chunk.toString("latin1");
      const end = received.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (received.length < end + 4 + length) return;
      settle();
      resolve(Number(received.slice(9, 12)));
    };
    const onClose = (): void => {
      settle();
      reject(new Error("the connection was closed"));
    };
    const settle = (): void => {
      socket.off("data", onData).off("close", onClose);
    };
    socket.on("data", onData).on("close", onClose);
    socket.write(request);
  });
}
