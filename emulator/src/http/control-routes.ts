import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { EmulatorControls } from "../controls/controls.js";
import { faultSchema } from "../controls/faults.js";
import { overviewOf } from "../controls/overview.js";
import type { Snapshot } from "../controls/snapshot.js";
import { badRequest, forbidden, unauthorized } from "../errors.js";
import type { Service } from "../service.js";
import { readCredentials } from "../wire/authentication.js";
import { addPage, requireLoopback } from "./page.js";

const when = z.strictObject({ now: z.union([z.iso.datetime({ offset: true }), z.number()]) });
const step = z.strictObject({ ms: z.number() });

interface ControlRoute {
  method: "GET" | "PUT" | "POST" | "DELETE";
  path: string;
  act?: (body: unknown) => void;
  answer: () => unknown;
  /** Loopback only, like the page. */
  isForThePage?: boolean;
}

export function addControlRoutes(
  server: FastifyInstance,
  service: Service,
  controls: EmulatorControls,
): void {
  const { clock, faults, requests } = controls;
  const time = () => ({ now: new Date(clock.now()).toISOString() });
  const nothing = () => ({});
  const table: readonly ControlRoute[] = [
    { method: "GET", path: "/clock", answer: time },
    { method: "PUT", path: "/clock", act: (body) => clock.set(read(when, body).now), answer: time },
    {
      method: "POST",
      path: "/clock/advance",
      act: (body) => clock.advance(read(step, body).ms),
      answer: time,
    },
    { method: "DELETE", path: "/clock", act: () => clock.release(), answer: time },
    { method: "GET", path: "/faults", answer: () => faults.list() },
    {
      method: "POST",
      path: "/faults",
      act: (body) => faults.add(read(faultSchema, body)),
      answer: () => faults.list(),
    },
    { method: "DELETE", path: "/faults", act: () => faults.clear(), answer: () => faults.list() },
    { method: "GET", path: "/requests", answer: () => requests() },
    { method: "DELETE", path: "/requests", act: () => requests.clear(), answer: () => requests() },
    { method: "GET", path: "/overview", isForThePage: true, answer: () => overviewOf(service) },
    { method: "GET", path: "/snapshot", answer: () => controls.snapshot() },
    {
      method: "PUT",
      path: "/snapshot",
      act: (body) => controls.restore(body as Snapshot),
      answer: nothing,
    },
    { method: "POST", path: "/reset", act: () => controls.reset(), answer: nothing },
  ];
  addPage(server);
  for (const { method, path, act, answer, isForThePage } of table) {
    server.route({
      method,
      url: `/_emulator${path}`,
      bodyLimit: 64 * 1_048_576,
      handler: async (request) => {
        if (isForThePage) requireLoopback(request);
        requireAdmin(service, request);
        try {
          act?.(request.body);
        } catch (error) {
          throw error instanceof RangeError
            ? badRequest([{ path: "", message: error.message }], error)
            : error;
        }
        await service.kept();
        return answer();
      },
    });
  }
}

/** Ignores expiry, which would lock a test out of its own emulator. */
function requireAdmin({ account }: Service, request: FastifyRequest): void {
  const caller = account.findByAccessKey(
    readCredentials(request.headers).accessKey,
    Number.NEGATIVE_INFINITY,
  );
  if (caller === undefined) throw unauthorized();
  if (!caller.isAdmin) throw forbidden("Only an admin key is allowed to use the controls");
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw badRequest(
    parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    parsed.error,
  );
}
