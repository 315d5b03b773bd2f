/** No S3-compatible server is available, and none could be obtained. */
export class NoGatewayError extends Error {
  override readonly name = "NoGatewayError";

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `No S3-compatible server for a shared state: ${reason}\nInstall Go (https://go.dev/dl/) and allow a Go module proxy.`,
      options,
    );
  }
}

/** The server was obtained but does not run. */
export class GatewayFailedError extends Error {
  override readonly name = "GatewayFailedError";
}
