import type { AssetLimits, Limits } from "./limits.js";

export interface ApiKeyDeclaration {
  readonly name: string;
  /** Credits in total, or `null` for no budget. */
  readonly budget: number | null;
  readonly globalLimits: Limits | null;
  readonly assetsLimits: readonly AssetLimits[];
  /** Milliseconds since the epoch. The key is refused from this instant on. */
  readonly expiresAt: number | null;
}

/** `accessKey` is the secret. Only the create answer contains it. */
export interface ApiKey extends ApiKeyDeclaration {
  readonly id: string;
  readonly accessKey: string;
  readonly isAdmin: boolean;
  readonly createdAt: number;
  readonly sequence: number;
}

export const isExpired = (key: ApiKey, now: number): boolean =>
  key.expiresAt !== null && now >= key.expiresAt;

/** The first and last four characters. A short key is hidden completely. */
export function mask(accessKey: string): string {
  if (accessKey.length < 12) return "*".repeat(accessKey.length);
  return accessKey.slice(0, 4) + "*".repeat(accessKey.length - 8) + accessKey.slice(-4);
}

export const isAccessKey = (text: string): boolean => /^[\x21-\x7e]{12,1024}$/.test(text);

export const newAccessKey = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(32)).toString("hex");
