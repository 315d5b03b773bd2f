import { AixplainError, type AixplainErrorOptions } from "../core/errors";
import { inUnits } from "./retry";

/** A failed call, without its headers and body, which contain secrets. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly attempt?: number | undefined;
}

export const callOf = ({ method, path, attempt }: Call): Call => ({ method, path, attempt });

const describe = ({ method, path, attempt = 1 }: Call): string =>
  `${method} ${path}${attempt === 1 ? "" : ` (attempt ${attempt})`}`;

const BACKEND = "the backend URL (aixplain:backendUrl or BACKEND_URL)";

/** The next step when the status says nothing more specific. */
function nextAfter(status: number, method: string): string {
  if (status >= 500) return "The platform failed: run the command again in a few minutes";
  if (status >= 300 && status < 400) return `Set ${BACKEND} to the final address`;
  return method === "POST" || method === "PUT"
    ? "Correct the declaration or the account, and run the update again"
    : `Check ${BACKEND}`;
}

export class ApiError extends AixplainError {
  override readonly name: string = "ApiError";
  constructor(
    readonly call: Call,
    readonly status: number,
    readonly detail: string,
    explanation?: string,
    options?: AixplainErrorOptions,
  ) {
    super(
      `${describe(call)} answered ${status}${detail === "" ? "" : ` (${detail})`}${explanation === undefined ? "" : `: ${explanation}`}`,
      { next: nextAfter(status, call.method), ...options },
    );
  }
}

/** 401: the platform does not know the admin key, or the key has expired. */
export class AuthenticationError extends ApiError {
  override readonly name = "AuthenticationError";
  constructor(call: Call, detail: string) {
    super(
      call,
      401,
      detail,
      "the platform does not accept the admin key: it is unknown, deleted or expired, or belongs to another backend",
      { next: "Check the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY" },
    );
  }
}

export class ForbiddenError extends ApiError {
  override readonly name = "ForbiddenError";
  constructor(call: Call, detail: string) {
    super(
      call,
      403,
      detail,
      "the provider's key is not allowed to do this; a member key can only run models and read its own usage",
      {
        next: "Set the stack setting aixplain:apiKey or the environment variable AIXPLAIN_API_KEY to an admin key of the account",
      },
    );
  }
}

export class NotFoundError extends ApiError {
  override readonly name = "NotFoundError";
  constructor(call: Call, detail: string) {
    super(call, 404, detail, undefined, {
      next: `Check that the requested key or model exists in the account, and ${BACKEND}`,
    });
  }
}

/** 422: the platform refuses the request, usually because the name is taken. */
export class UnprocessableError extends ApiError {
  override readonly name = "UnprocessableError";
  constructor(call: Call, detail: string) {
    super(call, 422, detail);
  }
}

export class RateLimitedError extends ApiError {
  override readonly name = "RateLimitedError";
  constructor(
    call: Call,
    detail: string,
    /** The wait that the platform asked for, in milliseconds. */
    readonly askedMs?: number,
  ) {
    super(call, 429, detail, "the account's own rate limit for management calls is used up", {
      next: `Run the command again ${askedMs ? `after ${inUnits(askedMs)}, as the platform requests` : "later"}, or ask the platform for a higher limit`,
    });
  }
}

/** A success status with HTML, broken JSON, or a wrong shape. */
export class UnexpectedAnswerError extends AixplainError {
  override readonly name = "UnexpectedAnswerError";
  constructor(
    readonly call: Call,
    readonly status: number,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${describe(call)} answered ${status} with ${problem}`, {
      next: `Check ${BACKEND}, and whether a proxy answers instead of the platform`,
      ...options,
    });
  }
}

export class ConnectionError extends AixplainError {
  override readonly name = "ConnectionError";
  constructor(
    readonly call: Call,
    readonly origin: string,
    /** Whether the request provably never reached the platform. */
    readonly neverArrived: boolean,
    reason: string,
    options?: AixplainErrorOptions,
  ) {
    super(`${describe(call)} got no answer from ${origin}: ${reason}`, {
      next: neverArrived
        ? `Check ${BACKEND}, the network and its proxy settings`
        : "Check the network, and run the command again",
      ...options,
    });
  }
}

export function errorForStatus(call: Call, status: number, detail: string, askedMs?: number): ApiError {
  switch (status) {
    case 401:
      return new AuthenticationError(call, detail);
    case 403:
      return new ForbiddenError(call, detail);
    case 404:
      return new NotFoundError(call, detail);
    case 422:
      return new UnprocessableError(call, detail);
    case 429:
      return new RateLimitedError(call, detail, askedMs);
    default:
      return new ApiError(
        call,
        status,
        detail,
        status >= 300 && status < 400 ? "redirects are not followed" : undefined,
      );
  }
}
