import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { forbidden } from "../errors.js";

const FOLDER = join(__dirname, "../../page");
const FILES = [
  ["/_emulator/", "index.html", "text/html; charset=utf-8"],
  ["/_emulator/page.css", "page.css", "text/css; charset=utf-8"],
  ["/_emulator/page.js", "page.js", "text/javascript; charset=utf-8"],
] as const;

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'none'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
};

/** The page contains no data: it reads everything with the admin key that the user enters. */
export function addPage(server: FastifyInstance): void {
  for (const [url, name, type] of FILES) {
    server.get(url, (request, reply) => {
      requireLoopback(request);
      return reply
        .headers(HEADERS)
        .type(type)
        .send(readFileSync(join(FOLDER, name)));
    });
  }
}

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Loopback only, by a loopback name: this prevents DNS rebinding. */
export function requireLoopback({ socket, hostname }: FastifyRequest): void {
  const { remoteAddress } = socket;
  const isNear = remoteAddress === undefined || LOOPBACK.test(remoteAddress);
  if (!isNear || !LOOPBACK_NAME.test(hostname)) {
    throw forbidden("The page is available on this machine only: open http://127.0.0.1 or http://localhost");
  }
}
