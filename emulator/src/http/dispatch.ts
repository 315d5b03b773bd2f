import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiKey } from "../account/api-key.js";
import type { Fault } from "../controls/faults.js";
import { ApiError, forbidden, unauthorized } from "../errors.js";
import type { Service } from "../service.js";
import { type Credentials, readCredentials } from "../wire/authentication.js";
import type { Call } from "../wire/operation.js";
import type { Route } from "../wire/routes.js";
import { answerWith, JSON_TYPE, type Outgoing, toFailure, toOutgoing } from "./outgoing.js";
import { note, record } from "./request-recorder.js";

/** One call, until it is answered. */
interface Exchange {
  readonly service: Service;
  readonly route: Route;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly now: number;
  readonly credentials: Credentials;
  readonly caller: ApiKey | undefined;
  readonly fault: Fault | undefined;
}

/** Handles one call: authentication, faults, the operation, storage, the answer. */
export function dispatch(
  service: Service,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> | undefined {
  const now = service.clock.now();
  const credentials = readCredentials(request.headers);
  const caller = service.account.findByAccessKey(credentials.accessKey, now);
  const fault = service.faults.any ? faultFor(service, route, request, caller) : undefined;
  const exchange = { service, route, request, reply, now, credentials, caller, fault };
  if (route.side === "management" || service.isStored || fault !== undefined) return handle(exchange);
  // Without the promise of `handle`, which every run would pay for.
  const outgoing = work(exchange);
  service.turn.atEnd(() => {
    try {
      reply.send(send(exchange, outgoing));
    } catch (error) {
      reply.send(error);
    }
  });
  return undefined;
}

/** Waits for storage and faults. Resolves with the answer to send, because Fastify would await a resolved reply. */
async function handle(exchange: Exchange): Promise<unknown> {
  const { service, route, fault } = exchange;
  if (fault?.kind === "drop-before") return drop(exchange);
  if (fault?.kind === "status") return send(exchange, answerWith(fault));
  let outgoing = work(exchange);
  const kept = service.kept();
  if (kept !== undefined) {
    try {
      await kept;
    } catch (error) {
      // The failed write is undone, so a read is answered again from the restored account.
      if (route.method !== "GET") throw error;
      outgoing = work(exchange);
    }
  }
  if (fault?.kind === "drop-after") return drop(exchange);
  const late =
    (route.side === "management" ? service.settings.latencyMs : 0) + (fault?.kind === "delay" ? fault.ms : 0);
  if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
  return send(exchange, fault === undefined ? outgoing : answerWith(fault, outgoing));
}

function work({ service, route, request, caller, now, fault }: Exchange): Outgoing {
  try {
    if (route.side === "management") service.managementRate.take();
    if (caller === undefined) throw unauthorized();
    if (route.access === "admin" && !caller.isAdmin) {
      throw forbidden(
        "Only an admin key is allowed to do this; a member key can run models and read its own usage",
      );
    }
    const call: Call = {
      platform: service,
      caller,
      params: request.params as Record<string, string>,
      body: request.body,
      now,
      origin: () => originOf(request),
      ignoredFields: fault?.kind === "ignore-fields" ? fault.fields : [],
      stale: fault?.kind === "stale" ? { hideNewerThanMs: fault.hideNewerThanMs } : undefined,
    };
    return toOutgoing(route.operation(call), route, service.settings.checkAnswers);
  } catch (error) {
    if (error instanceof ApiError) return toFailure(error, service.settings.checkAnswers);
    throw error;
  }
}

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i;

function originOf({ protocol, host, socket }: FastifyRequest): string {
  if (HOST.test(host)) return `${protocol}://${host}`;
  const { localAddress = "127.0.0.1", localPort = 80 } = socket;
  return `${protocol}://${localAddress.includes(":") ? `[${localAddress}]` : localAddress}:${localPort}`;
}

function faultFor(
  { faults, account }: Service,
  route: Route,
  request: FastifyRequest,
  caller: ApiKey | undefined,
): Fault | undefined {
  const { id } = request.params as { id?: string };
  const target = id === undefined ? undefined : account.find(id);
  const bodyName = (request.body as { name?: unknown } | null | undefined)?.name;
  return faults.take({ route: route.name, caller, target, bodyName });
}

function send(
  { service, route, request, reply, credentials }: Exchange,
  { status, headers, payload, text }: Outgoing,
): unknown {
  reply.code(status);
  // By default Node.js sends the real time.
  if (!service.clock.isReal) reply.header("date", new Date(service.clock.now()).toUTCString());
  if (headers !== undefined) reply.headers(headers);
  const json = text ?? (isJson(payload) ? JSON.stringify(payload) : undefined);
  if (json !== undefined) reply.header("content-type", JSON_TYPE);
  const sent = json ?? payload;
  const bytesOut = typeof sent === "string" || Buffer.isBuffer(sent) ? Buffer.byteLength(sent) : 0;
  note(service, request, credentials, { route: route.name, status, bytesOut });
  return sent;
}

const isJson = (payload: unknown): boolean =>
  typeof payload === "object" && !(payload instanceof Readable) && !Buffer.isBuffer(payload);

/** Cuts the connection. In-process callers receive the error. */
function drop({ service, route, request, reply, credentials }: Exchange): undefined {
  record(service, request, credentials, { route: route.name, status: 0, bytesOut: 0 });
  reply.hijack();
  reply.raw.destroy(Object.assign(new Error("the emulator dropped the connection"), { code: "ECONNRESET" }));
  return undefined;
}
