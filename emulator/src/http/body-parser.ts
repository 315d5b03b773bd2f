import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { badRequest } from "../errors.js";

/** Accepts JSON only: 415 for another type, 400 for invalid UTF-8. */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(badRequest([{ path: "", message: "the body is not valid UTF-8" }]));
    try {
      return done(null, JSON.parse(body.toString("utf8")));
    } catch (error) {
      return done(badRequest([{ path: "", message: "the body is not valid JSON" }], error));
    }
  });
}
