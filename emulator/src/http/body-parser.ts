import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { badRequest } from "../errors.js";

/** Reads JSON bodies and no others: any other type is answered with 415, and bytes that are no UTF-8 with 400. */
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
