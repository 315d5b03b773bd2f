import type { Redactor } from "../core/secret";
import { nature, parseJson } from "./body";
import type { HttpRequest, HttpResponse } from "./http";

/** One exchange with the platform, as AIXPLAIN_DEBUG shows it. */
export interface Exchange {
  readonly request: HttpRequest;
  /** When the request was sent, in milliseconds since 1970. */
  readonly at: number;
  /** For how long it was held back before: by pacing, by the wait of a repetition, in a queue. In milliseconds. */
  readonly waitedMs: number;
  /** From the request to its outcome, in milliseconds. */
  readonly tookMs: number;
  /** The answer, or what was thrown in its place. */
  readonly outcome: HttpResponse | Error;
}

/** Fields of bodies whose texts are shown. Any other text is told by its length, any other field not at all. */
const TEXTS = new Set(["id", "assetId", "name", "path", "tokenType", "expiresAt", "message", "error"]);
const FIELDS = new Set([
  ...TEXTS,
  ...["accessKey", "isAdmin", "budget", "globalLimits", "assetsLimits", "tpm", "tpd", "rpm", "rpd"],
  ...["requestCount", "requestCountLimit", "tokenCount", "tokenCountLimit", "statusCode"],
]);
/** Headers whose values are shown. */
const HEADERS = new Set([
  "content-type",
  "content-length",
  "date",
  "location",
  "retry-after",
  "x-request-id",
]);

/** How many entries of a list are shown; an account can have thousands of keys. */
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

/** An exchange on one line, with no secret in it. */
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
