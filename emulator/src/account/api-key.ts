import type { AssetLimits, Limits } from "./limits.js";

/** What a caller may declare about a key. */
export interface ApiKeyDeclaration {
  readonly name: string;
  /** Credits in total, or `null` for no budget. */
  readonly budget: number | null;
  readonly globalLimits: Limits | null;
  readonly assetsLimits: readonly AssetLimits[];
  /** Milliseconds since the epoch; from this instant on the key is refused. */
  readonly expiresAt: number | null;
}

/** A key as the account holds it. `accessKey` is the secret: it leaves the emulator in the create answer alone. */
export interface ApiKey extends ApiKeyDeclaration {
  readonly id: string;
  readonly accessKey: string;
  readonly isAdmin: boolean;
  readonly createdAt: number;
  /** Keys are listed in the order in which they were made. */
  readonly sequence: number;
}

export const isExpired = (key: ApiKey, now: number): boolean =>
  key.expiresAt !== null && now >= key.expiresAt;

/** First four and last four characters, as the platform shows a key. A short key shows nothing of itself. */
export function mask(accessKey: string): string {
  if (accessKey.length < 12) return "*".repeat(accessKey.length);
  return accessKey.slice(0, 4) + "*".repeat(accessKey.length - 8) + accessKey.slice(-4);
}

/** What an HTTP header can carry and a mask can hide something of. */
export const isAccessKey = (text: string): boolean => /^[\x21-\x7e]{12,1024}$/.test(text);

export const newAccessKey = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(32)).toString("hex");
