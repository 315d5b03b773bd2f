/** An answer that is not a success. Its message goes to the caller, so it never quotes a key. */
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

  /** Both SDK generations find their text: v1 reads `error`, v2 reads `message` first. */
  toBody(): Record<string, unknown> {
    return { statusCode: this.statusCode, message: this.message, error: this.message, ...this.details };
  }
}

/** One thing that is wrong with a request body, and where. */
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

/** Which status the platform uses is not known; 409 is one that the SDK neither retries nor takes for a taken name. */
export const tooManyKeys = (maximum: number): ApiError =>
  new ApiError(409, `This account has reached its maximum of ${maximum} API keys`, { maximum });

export const notBuilt = (method: string, path: string): ApiError =>
  new ApiError(501, `${method} ${path} is not built in the emulator`);

/** The emulator could not be started or went on with damaged data: for the person at the terminal. */
export class EmulatorError extends Error {
  override readonly name = "EmulatorError";
}
