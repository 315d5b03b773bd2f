import * as z from "zod";
import type { AixplainError } from "../core/errors";
import type { Redactor } from "../core/secret";
import { detailOf, nature, parseJson } from "./body";
import { ConnectionError, callOf, errorForStatus, RateLimitedError, UnexpectedAnswerError } from "./errors";
import type { Gate } from "./gate";
import type { HttpRequest, HttpResponse, Transport } from "./http";
import { DEFAULT_POLICY, decide, type Failure, type RetryPolicy, retryAfterMs } from "./retry";
import { traceLine } from "./trace";
import { Waiting } from "./waiting";

export interface ClientParts {
  readonly transport: Transport;
  readonly gate: Gate;
  readonly redactor: Redactor;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  readonly policy?: RetryPolicy;
  readonly report: (line: string) => void;
  readonly waitsEndBy?: string | undefined;
  /** Receives one line without secrets per exchange, if set. */
  readonly trace?: ((line: string) => void) | undefined;
}

const DETAIL_MAX = 300;

/** Redact first, then shorten: half of a secret would not be recognised. */
const brief = (redacted: string): string => redacted.slice(0, DETAIL_MAX);

export class JsonAnswer {
  constructor(
    private readonly request: HttpRequest,
    private readonly status: number,
    private readonly json: unknown,
    private readonly redactor: Redactor,
    /** The time of the answer by the platform's clock, in milliseconds since 1970, if it sent one. */
    readonly date: number | undefined,
  ) {}

  /**
   * Reads the answer, or a part of it.
   * @throws UnexpectedAnswerError with every field that does not match the schema
   */
  read<T>(schema: z.ZodType<T>, part = this.json): T {
    const parsed = schema.safeParse(part);
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
    const shape = `JSON of an unexpected shape (${brief(this.redactor.redact(fields.join("; ")))})`;
    throw new UnexpectedAnswerError(callOf(this.request), this.status, shape);
  }
}

export class Client {
  private readonly waiting: Waiting;

  constructor(private readonly parts: ClientParts) {
    this.waiting = new Waiting(parts.report, parts.now, parts.waitsEndBy);
  }

  /** @throws ApiError (and its subclasses by status), UnexpectedAnswerError, ConnectionError */
  async call<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
    return (await this.ask(request)).read(schema);
  }

  async ask(request: HttpRequest): Promise<JsonAnswer> {
    const { status, headers, body } = await this.send(request);
    const json = parseJson(body);
    if (json === undefined) throw new UnexpectedAnswerError(callOf(request), status, nature(body));
    const date = Date.parse(headers.date ?? "");
    return new JsonAnswer(request, status, json, this.parts.redactor, Number.isNaN(date) ? undefined : date);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { gate, now, sleep, random, policy = DEFAULT_POLICY } = this.parts;
    const started = now();
    let faults = 0;
    let heldSince = started;
    for (let number = 1; ; number += 1) {
      let begunAt = started;
      const outcome = await gate.run(() => {
        begunAt = now();
        return this.attempt({ ...request, attempt: number }, begunAt - heldSince);
      });
      heldSince = now();
      if ("response" in outcome) return outcome.response;
      const paced = outcome.error instanceof RateLimitedError;
      if (!paced) faults += 1;
      const attempt = { number, faults, idempotent: request.method !== "POST", elapsedMs: now() - started };
      const decision = decide(outcome.failure, attempt, random, policy);
      if (!decision.retry) {
        // A caller's next step must not come before a retry would have.
        const followUp = decide(outcome.failure, { ...attempt, idempotent: true }, random, policy);
        if (followUp.retry) gate.pause(followUp.delayMs);
        throw outcome.error;
      }
      if (paced) {
        const { retryAfterMs: askedMs } = outcome;
        const ms = gate.pause(decision.delayMs, { begunAt, askedMs: askedMs ?? 0 });
        this.waiting.add({ ms, askedMs, leftMs: policy.maxPacedMs - attempt.elapsedMs });
      } else await sleep(decision.delayMs);
    }
  }

  private async attempt(
    request: HttpRequest,
    waitedMs: number,
  ): Promise<
    | { readonly response: HttpResponse }
    | { readonly failure: Failure; readonly error: AixplainError; readonly retryAfterMs?: number | undefined }
  > {
    const call = callOf(request);
    const { redactor, now } = this.parts;
    try {
      const response = await this.exchange(request, waitedMs);
      const { status, body } = response;
      if (status >= 200 && status < 300) return { response };
      // A proxy's HTML page proves nothing about the platform.
      const trustworthy = status !== 404 || z.looseObject({}).safeParse(parseJson(body)).success;
      const retryAfter = retryAfterMs(response.headers["retry-after"], now());
      const error = trustworthy
        ? errorForStatus(call, status, brief(redactor.redact(detailOf(body))), retryAfter)
        : new UnexpectedAnswerError(call, status, nature(body));
      return {
        failure: { kind: "status", status, retryAfterMs: retryAfter },
        error,
        retryAfterMs: retryAfter,
      };
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return { failure: { kind: error.neverArrived ? "never-arrived" : "connection" }, error };
    }
  }

  private async exchange(request: HttpRequest, waitedMs: number): Promise<HttpResponse> {
    const { transport, redactor, now, trace } = this.parts;
    if (!trace) return transport(request);
    const at = now();
    const report = (outcome: HttpResponse | Error): void =>
      trace(traceLine({ request, at, waitedMs, tookMs: now() - at, outcome }, redactor));
    try {
      const response = await transport(request);
      report(response);
      return response;
    } catch (error) {
      if (error instanceof Error) report(error);
      throw error;
    }
  }
}
