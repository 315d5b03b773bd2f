import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { EmulatorControls } from "../controls/controls.js";
import { ApiError, notBuilt, notFound } from "../errors.js";
import type { Service } from "../service.js";
import { readCredentials } from "../wire/authentication.js";
import { type Route, routes } from "../wire/routes.js";
import { acceptJsonOnly } from "./body-parser.js";
import { addControlRoutes } from "./control-routes.js";
import { dispatch } from "./dispatch.js";
import { JSON_TYPE } from "./outgoing.js";
import { Refusals } from "./refusals.js";
import { note, pathOf, startTime } from "./request-recorder.js";

const CONNECTION_CHECKS_MS = 1_000;

/** The HTTP server, not listening yet: call `listen` or `inject`. */
export function buildServer(service: Service, controls: EmulatorControls): FastifyInstance {
  const { settings } = service;
  const refusals = new Refusals(settings.log);
  const fail = (error: ApiError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const body = JSON.stringify(error.toBody());
    reply.code(error.statusCode).headers(error.headers).header("content-type", JSON_TYPE);
    if (!isControl(request)) {
      const route = (request.routeOptions.config as { route?: Route } | undefined)?.route?.name;
      const outcome = { route, status: error.statusCode, bytesOut: Buffer.byteLength(body) };
      note(service, request, readCredentials(request.headers), outcome);
    }
    return reply.send(body);
  };
  const server = Fastify({
    bodyLimit: settings.bodyLimit,
    requestTimeout: settings.requestTimeoutMs,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_024 },
    http: {
      connectionsCheckingInterval: CONNECTION_CHECKS_MS,
      headersTimeout: settings.requestTimeoutMs,
      // Node.js would refuse these without a log line.
      requireHostHeader: false,
    },
    clientErrorHandler: (error, socket) => refusals.ofError(error, socket),
    frameworkErrors: (error, request, reply) => {
      fail(fromFramework(error), request, reply as FastifyReply);
    },
  });
  refusals.ofUnusual(server.server);
  acceptJsonOnly(server);
  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.url,
      config: { route },
      handler: (request, reply) => dispatch(service, route, request, reply),
    });
  }
  server.get("/_emulator/health", () => ({ status: "ok" }));
  if (settings.controls) addControlRoutes(server, service, controls);
  server.setNotFoundHandler((request) => {
    if (isControl(request)) throw notFound("The controls are off, or this control does not exist:");
    throw notBuilt(request.method, pathOf(service, request.url));
  });
  server.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    const known = error instanceof ApiError ? error : fromFramework(error);
    if (known.statusCode >= 500 && known.statusCode !== 501) {
      settings.log?.(`internal error: ${known === error ? known.message : error.message}`);
    }
    return fail(known, request, reply);
  });
  server.addHook("onRequest", (request, _reply, done) => {
    const { raw } = request;
    if (settings.log !== undefined) startTime(request);
    if (raw.headers.host === undefined && raw.httpVersion === "1.1") {
      return done(new ApiError(400, "A request over HTTP/1.1 requires a host header"));
    }
    done();
  });
  return server;
}

const isControl = ({ url }: FastifyRequest): boolean => /^\/_emulator(?=[/?]|$)/.test(url);

function fromFramework(error: FastifyError): ApiError {
  const { statusCode = 500 } = error;
  // Their messages quote the URL.
  if (error.code === "FST_ERR_BAD_URL") return new ApiError(400, "The address is not properly encoded");
  if (statusCode === 414) return new ApiError(414, "The address is too long");
  if (statusCode === 415)
    return new ApiError(415, "The body must be JSON, with the content type application/json");
  if (statusCode >= 400 && statusCode < 500) return new ApiError(statusCode, error.message);
  return new ApiError(500, "The emulator failed; this is a bug in it", {}, {}, { cause: error });
}
