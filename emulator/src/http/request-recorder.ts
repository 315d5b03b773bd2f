import type { FastifyRequest } from "fastify";
import { mask } from "../account/api-key.js";
import type { LoggedRequest } from "../controls/request-log.js";
import type { Service } from "../service.js";
import type { Credentials } from "../wire/authentication.js";

function pathOf(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

/** Writes one request into the log; a full key shows up nowhere in it, not even when it stood in the address. */
export function record(
  service: Pick<Service, "clock" | "requests" | "redact">,
  request: FastifyRequest,
  credentials: Credentials,
  outcome: Pick<LoggedRequest, "route" | "status" | "bytesOut">,
): LoggedRequest {
  const entry: LoggedRequest = {
    method: request.method,
    route: outcome.route,
    // What was answered with success had an address that names things, not secrets.
    path: outcome.status >= 200 && outcome.status < 300 ? pathOf(request.url) : service.redact(request.url),
    status: outcome.status,
    at: service.clock.now(),
    bytesIn: Number(request.headers["content-length"] ?? 0),
    bytesOut: outcome.bytesOut,
    auth: credentials.kind,
    keyHint: mask(credentials.accessKey),
  };
  service.requests.add(entry);
  return entry;
}
