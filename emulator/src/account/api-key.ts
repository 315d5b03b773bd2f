export const TOKEN_TYPES = ["input", "output", "total"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** Limits in the platform's own terms: tokens and requests, per minute and per day. `null` is no limit, 0 is none allowed. */
export interface Limits {
  readonly tpm: number | null;
  readonly tpd: number | null;
  readonly rpm: number | null;
  readonly rpd: number | null;
  readonly tokenType: TokenType | null;
}

export interface AssetLimits extends Limits {
  readonly assetId: string;
}

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
