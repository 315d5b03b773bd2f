import { createHash } from "node:crypto";
import { NAME_MAX, UNPRINTABLE } from "./name";

const HEX_DIGITS = 7;

/** The part before the hash, reduced to characters that a key name may have. */
export function autoNameStem(logicalName: string): string {
  const printable = logicalName.replace(new RegExp(`${UNPRINTABLE.source}+`, "gu"), "-").trim();
  // Do not end in half of a surrogate pair.
  return printable.slice(0, NAME_MAX - HEX_DIGITS - 1).replace(/\p{Cs}$/u, "") || "api-key";
}

/**
 * The n-th automatic name of a resource. The digits are a hash and not random, so that a run after a crash can compute
 * the names that the crashed run may have used. See docs/decisions/auto-names.md.
 */
export function autoName(logicalName: string, identity: string, n: number): string {
  const digits = createHash("sha256").update(`${identity}\n${n}`).digest("hex").slice(0, HEX_DIGITS);
  return `${autoNameStem(logicalName)}-${digits}`;
}

export const isAutoName = (name: unknown): name is string =>
  typeof name === "string" && /.-[0-9a-f]{7}$/.test(name);

export const stemOf = (name: string): string | undefined =>
  isAutoName(name) ? name.slice(0, -HEX_DIGITS - 1) : undefined;

export interface NameSeed {
  readonly logicalName: string;
  readonly identity: string;
}

/** `<identity>/<logical name>`. The identity is hexadecimal, so the first slash ends it. */
export const formatSeed = (seed: NameSeed): string => `${seed.identity}/${seed.logicalName}`;

export function parseSeed(text: string): NameSeed {
  const slash = text.indexOf("/");
  return { identity: text.slice(0, Math.max(slash, 0)), logicalName: text.slice(slash + 1) };
}

export const identityOf = (urn: string): string =>
  createHash("sha256").update(urn).digest("hex").slice(0, 12);
