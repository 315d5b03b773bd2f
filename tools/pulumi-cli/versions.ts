/** What is obtained where no Pulumi CLI is installed. `go/` pins the same versions, with checksums. */
export const CLI_VERSION = "3.259.0";

/** The Node.js language host's own Go module is not published; this sdk release is the last that contains it. */
export const LANGUAGE_HOST_VERSION = "3.68.0";
