import type { FastifyRequest } from "fastify";
import { mask } from "./api-key.js";
import type { Credentials } from "./authentication.js";
import type { LoggedRequest } from "./request-log.js";
import type { Service } from "./service.js";

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
    path: service.redact(request.url),
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
