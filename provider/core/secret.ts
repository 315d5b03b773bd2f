/** Characters that masks are made of. An access key itself never holds one. */
const MASK = /[*•…]|\.{3}/;

/**
 * The hint of an access key, or of the mask that the platform shows of it: the first and last four characters, the rest
 * hidden. The same for both, whatever the length of the mask.
 */
export function hintOf(accessKey: string): string {
  if (accessKey.length <= 8) return "*".repeat(accessKey.length);
  return `${accessKey.slice(0, 4)}****${accessKey.slice(-4)}`;
}

/** Whether the platform answered a hidden form of the access key: never to be stored as the secret. */
export const isMasked = (accessKey: string): boolean => MASK.test(accessKey);

/** Whether a hint can be that of an access key: it keeps the first and the last four characters. */
export function hintMatches(hint: string, accessKey: string): boolean {
  if (accessKey.length <= 8 || hint.length < 8) return false;
  return hint.startsWith(accessKey.slice(0, 4)) && hint.endsWith(accessKey.slice(-4));
}

/**
 * Takes secrets out of text that leaves the provider: whatever was registered, and whatever stands after the name of an
 * authentication header.
 */
export class Redactor {
  readonly secrets: Set<string>;
  constructor(secrets: Iterable<string> = []) {
    this.secrets = new Set([...secrets].filter((each) => each.length >= 6));
  }

  add(secret: string | undefined): void {
    if (secret !== undefined && secret.length >= 6) this.secrets.add(secret);
  }

  redact(text: string): string {
    let clean = text;
    // The longest first: one secret may begin with another.
    for (const secret of [...this.secrets].sort((a, b) => b.length - a.length)) {
      clean = clean.split(secret).join("[secret]").split(encodeURIComponent(secret)).join("[secret]");
    }
    return clean.replace(
      /((?:x-api-key|x-aixplain-key|authorization)["']?\s*[:=]\s*["']?(?:token\s+)?)[^\s"',}]+/gi,
      "$1[secret]",
    );
  }
}
