/** An error answer. Never quotes a key in its message. */
export class ApiError extends Error {
  override readonly name: string = "ApiError";

  constructor(
    readonly statusCode: number,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** SDK v1 reads `error`, SDK v2 reads `supplierError`, then `message`, then `error`. */
  toBody(): Record<string, unknown> {
    const { statusCode, message, details } = this;
    return { statusCode, message, error: message, supplierError: message, ...details };
  }
}

export interface Problem {
  path: string;
  message: string;
}

export function badRequest(problems: readonly Problem[], cause?: unknown): ApiError {
  const text = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  return new ApiError(400, text, { problems }, {}, { cause });
}

export const unauthorized = (message = "Unknown, deleted or expired API key"): ApiError =>
  new ApiError(401, message);

export const forbidden = (message: string): ApiError => new ApiError(403, message);

export const notFound = (what: string): ApiError => new ApiError(404, `${what} not found`);

export const nameTaken = (name: string): ApiError =>
  new ApiError(422, `An API key named ${JSON.stringify(name)} already exists`);

/** Assumed status: the SDK neither retries 409 nor reads it as a taken name. */
export const tooManyKeys = (maximum: number): ApiError =>
  new ApiError(409, `This account has reached its maximum of ${maximum} API keys`, { maximum });

/** The call has no effect. */
export const cannotWrite = (cause: unknown): ApiError => {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `The emulator's data cannot be written (${why}): this call has no effect`;
  return new ApiError(500, message, {}, {}, { cause });
};

export const notBuilt = (method: string, path: string): ApiError =>
  new ApiError(501, `${method} ${path} is not implemented in the emulator`);

/** The emulator cannot start, or its data are damaged. */
export class EmulatorError extends Error {
  override readonly name = "EmulatorError";
}
