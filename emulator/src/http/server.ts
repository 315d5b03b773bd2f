import Fastify, { type FastifyError, type FastifyInstance } from "fastify";
import type { EmulatorControls } from "../controls/controls.js";
import type { LoggedRequest } from "../controls/request-log.js";
import { ApiError, notBuilt, notFound } from "../errors.js";
import type { Service } from "../service.js";
import { readCredentials } from "../wire/authentication.js";
import { type Route, routes } from "../wire/routes.js";
import { acceptJsonOnly } from "./body-parser.js";
import { addControlRoutes } from "./control-routes.js";
import { dispatch } from "./dispatch.js";
import { record } from "./request-recorder.js";

/** How often connections are checked for requests that take too long to arrive. */
const CONNECTION_CHECKS_MS = 1_000;

/** The HTTP side of a service. It is not listening yet: call `listen` or `inject`. */
export function buildServer(service: Service, controls: EmulatorControls): FastifyInstance {
  const { settings } = service;
  const server = Fastify({
    bodyLimit: settings.bodyLimit,
    requestTimeout: settings.requestTimeoutMs,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_024 },
    http: { connectionsCheckingInterval: CONNECTION_CHECKS_MS, headersTimeout: settings.requestTimeoutMs },
  });
  acceptJsonOnly(server);
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.url,
      config: { route },
      handler: (request, reply) => dispatch(service, route, request, reply),
    });
  }
  if (settings.controls) addControlRoutes(server, service, controls);
  server.setNotFoundHandler((request) => {
    if (request.url.startsWith("/_emulator"))
      throw notFound("Controls are off, or there is no such control:");
    throw notBuilt(request.method, service.redact(request.url));
  });
  server.setErrorHandler((error: FastifyError | ApiError, _request, reply) => {
    const known = error instanceof ApiError ? error : fromFramework(error);
    if (known.statusCode >= 500 && known.statusCode !== 501)
      settings.log?.(`internal error: ${error.message}`);
    return reply.code(known.statusCode).headers(known.headers).send(known.toBody());
  });
  server.addHook("onResponse", (request, reply, done) => {
    if (request.url.startsWith("/_emulator")) return done();
    const route = (request.routeOptions.config as { route?: Route }).route?.name;
    const length = Number(reply.getHeader("content-length") ?? 0);
    const credentials = readCredentials(request.headers);
    const entry = record(service, request, credentials, {
      route,
      status: reply.statusCode,
      bytesOut: length,
    });
    if (settings.log !== undefined) settings.log(lineOf(entry, reply.elapsedTime));
    done();
  });
  return server;
}

function fromFramework(error: FastifyError): ApiError {
  const { statusCode = 500 } = error;
  if (statusCode >= 400 && statusCode < 500) return new ApiError(statusCode, error.message);
  return new ApiError(500, "The emulator failed; this is a bug in it", {}, {}, { cause: error });
}

const lineOf = (entry: LoggedRequest, elapsed: number): string =>
  `${entry.method} ${entry.path} ${entry.status} ${elapsed.toFixed(1)}ms ${entry.auth} ${entry.keyHint}`.trimEnd();
