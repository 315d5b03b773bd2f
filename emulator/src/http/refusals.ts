import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { ApiError } from "../errors.js";

interface Refusal {
  status: number;
  reason: string;
  /** For the log. */
  code: string;
}

/**
 * Answers and logs the requests that never reach a route: invalid, slow or unusual ones. Shows nothing of them, because
 * they may contain a key.
 */
export class Refusals {
  private readonly refused = new WeakSet<Duplex>();

  constructor(private readonly log: ((line: string) => void) | undefined) {}

  ofError({ code = "unknown" }: NodeJS.ErrnoException, socket: Duplex): void {
    if (code === "ECONNRESET" || socket.destroyed) return;
    const [status, reason] =
      code === "HPE_HEADER_OVERFLOW"
        ? [431, "Request Header Fields Too Large"]
        : code === "ERR_HTTP_REQUEST_TIMEOUT"
          ? [408, "Request Timeout"]
          : [400, "Bad Request"];
    this.refuse({ status, reason, code }, socket);
  }

  /** Without these listeners, Node.js answers without a log line. */
  ofUnusual(server: Server): void {
    server.on("connect", (_request: IncomingMessage, socket: Duplex) =>
      this.refuse({ status: 501, reason: "Not Implemented", code: "CONNECT" }, socket),
    );
    server.on("checkExpectation", ({ socket }: IncomingMessage) =>
      this.refuse({ status: 417, reason: "Expectation Failed", code: "EXPECT" }, socket),
    );
  }

  private refuse({ status, reason, code }: Refusal, socket: Duplex): void {
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    this.log?.(`malformed request ${status} ${code}`);
    // A client that is gone by now needs no answer.
    socket.on("error", () => socket.destroy());
    if (!socket.writable) return void socket.destroy();
    const body = JSON.stringify(new ApiError(status, reason).toBody());
    socket.end(
      `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
}
