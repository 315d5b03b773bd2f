import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import type { ApiKey } from "../account/api-key.js";
import { ROUTE_NAMES, type RouteName } from "../wire/route-name.js";
import { WRITABLE_FIELDS } from "../wire/write-body.js";

const base = {
  /** The matching calls: a route name, or `*` for all. */
  route: z.enum([...ROUTE_NAMES, "*"]),
  /** How many calls it affects. Default: 1. */
  times: z.union([z.number().int().min(1), z.literal("always")]).optional(),
  /** How many matching calls pass first. */
  skip: z.number().int().min(0).optional(),
  /** Only calls about this key, by name or id: in the URL or body, or the caller. */
  key: z.string().min(1).optional(),
};
const passes = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};
const headerName = z
  .string()
  .refine((name) => passes(() => validateHeaderName(name)), { message: "is no header name" });
const headerValue = z
  .string()
  .refine((value) => passes(() => validateHeaderValue("x", value)), { message: "is no header value" });
const content = { body: z.unknown().optional(), headers: z.record(headerName, headerValue).optional() };
const fields = z.array(z.string().min(1));
const writableField = z
  .string()
  .refine((name) => WRITABLE_FIELDS.includes(name), { message: `is none of ${WRITABLE_FIELDS.join(", ")}` });
const status = z.number().int().min(200).max(599);
const millis = z.number().min(0).max(86_400_000);

export const faultSchema = z.discriminatedUnion("kind", [
  /** Answers with a status instead of doing the work. A string body is sent as it is, anything else as JSON. */
  z.strictObject({ ...base, kind: z.literal("status"), status, ...content }),
  z.strictObject({ ...base, kind: z.literal("delay"), ms: millis }),
  z.strictObject({ ...base, kind: z.literal("drop-before") }),
  /** Does the work, then cuts the connection without an answer. */
  z.strictObject({ ...base, kind: z.literal("drop-after") }),
  /** Does the work, then answers with this text instead. */
  z.strictObject({
    ...base,
    kind: z.literal("body"),
    body: z.string(),
    contentType: headerValue.optional(),
    status: status.optional(),
  }),
  /** Does the work, then merges `merge` into the answer (each item of a list) and removes the fields in `remove`. */
  z.strictObject({
    ...base,
    kind: z.literal("merge"),
    merge: z.record(z.string(), z.unknown()).optional(),
    remove: fields.optional(),
  }),
  /** Ignores these fields in the body of a create or update. */
  z.strictObject({ ...base, kind: z.literal("ignore-fields"), fields: z.array(writableField).min(1) }),
  /** Answers a get or list as before the newest write, or without keys of the last milliseconds. */
  z.strictObject({ ...base, kind: z.literal("stale"), hideNewerThanMs: millis.optional() }),
]);

export type Fault = z.input<typeof faultSchema>;

export interface Subject {
  route: RouteName;
  caller: ApiKey | undefined;
  target: ApiKey | undefined;
  bodyName: unknown;
}

interface Armed {
  fault: Fault;
  left: number;
  skip: number;
}

/** The active faults. The oldest match applies to a call. */
export class Faults {
  private armed: Armed[] = [];

  get any(): boolean {
    return this.armed.length > 0;
  }

  add(fault: Fault): void {
    const checked = faultSchema.parse(fault);
    const times = checked.times ?? 1;
    const left = times === "always" ? Number.POSITIVE_INFINITY : times;
    this.armed.push({ fault: checked, left, skip: checked.skip ?? 0 });
  }

  list(): Fault[] {
    return this.armed.map(({ fault }) => fault);
  }

  clear(): void {
    this.armed = [];
  }

  take(subject: Subject): Fault | undefined {
    const struck = this.armed.find((armed) => {
      if (!matches(armed.fault, subject)) return false;
      if (armed.skip === 0) return true;
      armed.skip -= 1;
      return false;
    });
    if (struck === undefined) return undefined;
    struck.left -= 1;
    if (struck.left <= 0) this.armed = this.armed.filter((armed) => armed !== struck);
    return struck.fault;
  }
}

function matches({ route, key }: Fault, { route: called, caller, target, bodyName }: Subject): boolean {
  if (route !== "*" && route !== called) return false;
  if (key === undefined) return true;
  if (bodyName === key) return true;
  const subject =
    target ?? (called === "runModel" || called === "ownUsage" || called === "pollRun" ? caller : undefined);
  return subject?.id === key || subject?.name === key;
}
