import type { FastifyRequest } from "fastify";
import { mask } from "../account/api-key.js";
import type { LoggedRequest } from "../controls/request-log.js";
import type { Service } from "../service.js";
import type { Credentials } from "../wire/authentication.js";

/** The path without its query, access keys masked. */
export function pathOf({ account }: Pick<Service, "account">, url: string): string {
  const query = url.indexOf("?");
  return account.redaction.of(query < 0 ? url : url.slice(0, query));
}

type Outcome = Pick<LoggedRequest, "route" | "status" | "bytesOut">;

export function record(
  service: Pick<Service, "account" | "clock" | "requests">,
  request: FastifyRequest,
  credentials: Credentials,
  outcome: Outcome,
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

/** Records and logs an answer before it is sent. A hook after sending costs more per run. */
export function note(
  service: Service,
  request: FastifyRequest,
  credentials: Credentials,
  outcome: Outcome,
): void {
  const entry = record(service, request, credentials, outcome);
  const { log } = service.settings;
  if (log !== undefined) log(lineOf(entry, elapsedOf(request)));
}

const starts = new WeakMap<object, number>();

/** Fastify measures the time of its own log only. */
export const startTime = ({ raw }: FastifyRequest): void => {
  starts.set(raw, performance.now());
};

const elapsedOf = ({ raw }: FastifyRequest): number => {
  const start = starts.get(raw);
  return start === undefined ? 0 : performance.now() - start;
};

const lineOf = (entry: LoggedRequest, elapsed: number): string =>
  `${entry.method} ${entry.path} ${entry.status} ${elapsed.toFixed(1)}ms ${entry.auth} ${entry.keyHint}`.trimEnd();

/** Keys of the platform have 64 characters; a caller may send more. */
const LONGEST_HINT = 64;

const hints = new Map<string, string>();
const MOST_HINTS = 1_000;

function hintOf(accessKey: string): string {
  const before = hints.get(accessKey);
  if (before !== undefined) return before;
  if (accessKey.length > LONGEST_HINT) {
    return mask(accessKey.slice(0, LONGEST_HINT - 4) + accessKey.slice(-4));
  }
  const hint = mask(accessKey);
  if (hints.size >= MOST_HINTS) hints.clear();
  hints.set(accessKey, hint);
  return hint;
}
