import type { FastifyRequest } from "fastify";
import { mask } from "../account/api-key.js";
import type { LoggedRequest } from "../controls/request-log.js";
import type { Service } from "../service.js";
import type { Credentials } from "../wire/authentication.js";

/** The path of an address, without its query and without anything that may be an access key. */
export function pathOf({ account }: Pick<Service, "account">, url: string): string {
  const query = url.indexOf("?");
  return account.redaction.of(query < 0 ? url : url.slice(0, query));
}

/** Writes one request into the log; a full key shows up nowhere in it, not even when it stood in the address. */
export function record(
  service: Pick<Service, "account" | "clock" | "requests">,
  request: FastifyRequest,
  credentials: Credentials,
  outcome: Pick<LoggedRequest, "route" | "status" | "bytesOut">,
): LoggedRequest {
  const entry: LoggedRequest = {
    method: request.method,
    route: outcome.route,
    path: pathOf(service, request.url),
    status: outcome.status,
    at: service.clock.now(),
    bytesIn: Number(request.headers["content-length"] ?? 0),
    bytesOut: outcome.bytesOut,
    auth: credentials.kind,
    keyHint: hintOf(credentials.accessKey),
  };
  service.requests.add(entry);
  return entry;
}

/** Keys of the platform have 64 characters; a caller may present any length. */
const LONGEST_HINT = 64;

const hintOf = (accessKey: string): string =>
  mask(
    accessKey.length <= LONGEST_HINT ? accessKey : accessKey.slice(0, LONGEST_HINT - 4) + accessKey.slice(-4),
  );
