import { Readable } from "node:stream";
import type { Fault } from "../controls/faults.js";
import type { ApiError } from "../errors.js";
import { failure } from "../wire/answers.js";
import type { Answer } from "../wire/operation.js";
import type { Route } from "../wire/routes.js";

export interface Outgoing {
  status: number;
  headers?: Record<string, string>;
  payload: unknown;
  /** The payload as JSON, where it is already written. */
  text?: string | undefined;
}

export function toOutgoing(answer: Answer, route: Route, check: boolean): Outgoing {
  if ("events" in answer) {
    return {
      status: answer.status,
      headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
      payload: Readable.from(answer.events.map((event) => `data: ${event}\n\n`)),
    };
  }
  if (check) route.answer.parse(answer.body);
  return { status: answer.status, payload: answer.body, text: answer.text };
}

export function toFailure(error: ApiError, check: boolean): Outgoing {
  const payload = error.toBody();
  if (check) failure.parse(payload);
  return { status: error.statusCode, headers: { ...error.headers }, payload };
}

export const JSON_TYPE = "application/json; charset=utf-8";

export function answerWith(fault: Fault, outgoing: Outgoing = { status: 500, payload: {} }): Outgoing {
  switch (fault.kind) {
    case "status": {
      const message = `fault: status ${fault.status}`;
      const body = fault.body ?? { statusCode: fault.status, message, error: message };
      return { status: fault.status, headers: fault.headers ?? {}, payload: body };
    }
    case "body":
      return {
        status: fault.status ?? outgoing.status,
        headers: { "content-type": fault.contentType ?? JSON_TYPE },
        payload: Buffer.from(fault.body),
      };
    case "merge": {
      const lay = (item: unknown) => layOver(item, fault.merge ?? {}, fault.remove ?? []);
      const { payload, text: _, ...rest } = outgoing;
      return { ...rest, payload: Array.isArray(payload) ? payload.map(lay) : lay(payload) };
    }
    default:
      return outgoing;
  }
}

function layOver(item: unknown, merge: Record<string, unknown>, remove: readonly string[]): unknown {
  if (typeof item !== "object" || item === null || item instanceof Readable) return item;
  return Object.fromEntries(Object.entries({ ...item, ...merge }).filter(([name]) => !remove.includes(name)));
}
