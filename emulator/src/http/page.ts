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

/** The page for people. It holds nothing itself: what it shows it reads with the admin key that was typed in. */
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

/**
 * From this machine only, and by a name of this machine: a page of somebody else's that has its own name point here
 * is not let in.
 */
export function requireLoopback({ socket, hostname }: FastifyRequest): void {
  const { remoteAddress } = socket;
  const isNear = remoteAddress === undefined || LOOPBACK.test(remoteAddress);
  if (!isNear || !LOOPBACK_NAME.test(hostname)) {
    throw forbidden("The page is for this machine only: open it as http://127.0.0.1 or http://localhost");
  }
}
