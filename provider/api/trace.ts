import type { Redactor } from "../core/secret";
import { nature, parseJson } from "./body";
import type { HttpRequest, HttpResponse } from "./http";

export interface Exchange {
  readonly request: HttpRequest;
  readonly at: number;
  /** Time before the request: pacing, retry wait, queue. In milliseconds. */
  readonly waitedMs: number;
  readonly tookMs: number;
  readonly outcome: HttpResponse | Error;
}

/** Body fields whose text is shown. Other text is shown as its length, other fields are omitted. */
const TEXTS = new Set(["id", "assetId", "name", "path", "tokenType", "expiresAt", "message", "error"]);
const FIELDS = new Set([
  ...TEXTS,
  ...["accessKey", "isAdmin", "budget", "globalLimits", "assetsLimits", "tpm", "tpd", "rpm", "rpd"],
  ...["requestCount", "requestCountLimit", "tokenCount", "tokenCountLimit", "statusCode"],
]);
const HEADERS = new Set([
  "content-type",
  "content-length",
  "date",
  "location",
  "retry-after",
  "x-request-id",
]);

const ENTRIES = 3;
const BODY_MAX = 1_000;

function masked(value: unknown, field = ""): unknown {
  if (typeof value === "string") return TEXTS.has(field) ? value : `[${value.length} characters]`;
  if (Array.isArray(value)) {
    const more = value.length - ENTRIES;
    const shown = value.slice(0, ENTRIES).map((each) => masked(each));
    return more > 0 ? [...shown, `${more} more`] : shown;
  }
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).filter(([name]) => FIELDS.has(name));
  const hidden = Object.keys(value).length - known.length;
  const shown = known.map(([name, each]) => [name, masked(each, name)]);
  return { ...Object.fromEntries(shown), ...(hidden > 0 ? { "other fields": hidden } : {}) };
}

const bodyOf = (json: unknown, redactor: Redactor): string =>
  redactor.redact(JSON.stringify(masked(json))).slice(0, BODY_MAX);

const headersOf = ({ headers }: HttpResponse): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${HEADERS.has(name) ? value : "[hidden]"}`)
    .join(", ");

function outcomeOf(outcome: Exchange["outcome"], redactor: Redactor): string {
  if (outcome instanceof Error) return `no answer (${outcome.message})`;
  const { status, body } = outcome;
  const json = parseJson(body);
  const received = json === undefined ? nature(body) : bodyOf(json, redactor);
  return `${status}; received ${received}; headers ${headersOf(outcome)}`;
}

export function traceLine(exchange: Exchange, redactor: Redactor): string {
  const { request, at, waitedMs, tookMs, outcome } = exchange;
  const { method, path, attempt = 1, body } = request;
  const sent = body === undefined ? "" : `; sent ${bodyOf(body, redactor)}`;
  return redactor
    .redact(
      `aixplain debug: ${new Date(at).toISOString()} ${method} ${path}, attempt ${attempt}, waited ${waitedMs} ms, took ${tookMs} ms${sent}: ${outcomeOf(outcome, redactor)}`,
    )
    .replaceAll(/\s*\n\s*/g, " ");
}
