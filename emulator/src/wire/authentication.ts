import type { IncomingHttpHeaders } from "node:http";

export type AuthKind = "x-api-key" | "x-aixplain-key" | "token" | "none";

export interface Credentials {
  kind: AuthKind;
  accessKey: string;
}

const none: Credentials = { kind: "none", accessKey: "" };
const token = /^token +(\S+) *$/i;

/** The presented key. SDK v2 and runs send `x-api-key`, v1 sends `Authorization: Token`. */
export function readCredentials(headers: IncomingHttpHeaders): Credentials {
  const team = headers["x-api-key"];
  if (typeof team === "string" && team !== "") return { kind: "x-api-key", accessKey: team };
  const individual = headers["x-aixplain-key"];
  if (typeof individual === "string" && individual !== "")
    return { kind: "x-aixplain-key", accessKey: individual };
  const match = headers.authorization === undefined ? null : token.exec(headers.authorization);
  return match?.[1] === undefined ? none : { kind: "token", accessKey: match[1] };
}
