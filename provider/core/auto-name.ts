import { createHash } from "node:crypto";
import { NAME_MAX, UNPRINTABLE } from "./name";

const HEX_DIGITS = 7;

/**
 * What all automatic names of a resource begin with. A resource may be called anything; the name of a key may not. An
 * ordinary name stays as it is.
 */
export function autoNameStem(logicalName: string): string {
  const printable = logicalName.replace(new RegExp(`${UNPRINTABLE.source}+`, "gu"), "-").trim();
  // Cut between characters: half of a pair is no text.
  return printable.slice(0, NAME_MAX - HEX_DIGITS - 1).replace(/\p{Cs}$/u, "") || "api-key";
}

/**
 * The n-th automatic name of a resource: `<logical name>-<7 hex digits>`. The digits are a hash of what identifies the
 * resource (project, stack, URN parts) and of `n`, and not random, so that the run after a crash knows which names the
 * crashed run can have made. See docs/decisions/auto-names.md.
 */
export function autoName(logicalName: string, identity: string, n: number): string {
  const digits = createHash("sha256").update(`${identity}\n${n}`).digest("hex").slice(0, HEX_DIGITS);
  return `${autoNameStem(logicalName)}-${digits}`;
}

/** Whether a name looks automatic. A key that has such a name keeps it for life. */
export const isAutoName = (name: unknown): name is string =>
  typeof name === "string" && /.-[0-9a-f]{7}$/.test(name);

/** The stem of a name that looks automatic. */
export const stemOf = (name: string): string | undefined =>
  isAutoName(name) ? name.slice(0, -HEX_DIGITS - 1) : undefined;

/** What the program proposes, so that the provider process can name the key: the resource's logical name and identity. */
export interface NameSeed {
  readonly logicalName: string;
  readonly identity: string;
}

/** A seed as one string: `<identity>/<logical name>`; the identity is hexadecimal, so the first slash ends it. */
export const formatSeed = (seed: NameSeed): string => `${seed.identity}/${seed.logicalName}`;

export function parseSeed(text: string): NameSeed {
  const slash = text.indexOf("/");
  return { identity: text.slice(0, Math.max(slash, 0)), logicalName: text.slice(slash + 1) };
}

/** A short identity of a resource, from its URN. */
export const identityOf = (urn: string): string =>
  createHash("sha256").update(urn).digest("hex").slice(0, 12);
