/** `go/` pins the same version. */
export const CLI_VERSION = "3.259.0";

/** The last release of the SDK that contains the language host. Its own Go module is not published. */
export const LANGUAGE_HOST_VERSION = "3.68.0";
