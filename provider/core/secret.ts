const MASK = /[*•…]|\.{3}/;

/**
 * The first and last four characters, the rest hidden. An access key and the platform's mask of it give the same hint.
 */
export function hintOf(accessKey: string): string {
  if (accessKey.length <= 8) return "*".repeat(accessKey.length);
  return `${accessKey.slice(0, 4)}****${accessKey.slice(-4)}`;
}

/** Whether the platform returned a mask instead of the access key. Never store it as the secret. */
export const isMasked = (accessKey: string): boolean => MASK.test(accessKey);

export function hintMatches(hint: string, accessKey: string): boolean {
  if (accessKey.length <= 8 || hint.length < 8) return false;
  return hint.startsWith(accessKey.slice(0, 4)) && hint.endsWith(accessKey.slice(-4));
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Replaces lone surrogates, on which the encoders would throw. */
const inAddress = (text: string): string[] =>
  [encodeURIComponent, encodeURI].flatMap((encode) => {
    const encoded = encode(text.replace(/\p{Cs}/gu, "\ufffd"));
    return [encoded, encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())];
  });

const formsOf = (secret: string): string[] => [
  secret,
  inJson(secret),
  inJson(inJson(secret)),
  ...inAddress(secret),
];

const AFTER_HEADER_NAME =
  /((?:x-api-key|x-aixplain-key|authorization)\\?["']?\s*[:=]\s*\\?["']?(?:(?:token|bearer|basic)\s+)?)[^\s"',}\\]+/gi;

/** Removes registered secrets, and values of authentication headers, from text that leaves the provider. */
export class Redactor {
  private readonly secrets = new Set<string>();
  /** Longest first, because a secret may contain another. Computed when it is needed. */
  private forms: readonly string[] | undefined;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  add(secret: string | undefined): void {
    if (secret === undefined || secret.length < 6 || this.secrets.has(secret)) return;
    this.secrets.add(secret);
    this.forms = undefined;
  }

  redact(text: string): string {
    this.forms ??= [...new Set([...this.secrets].flatMap(formsOf))].sort((a, b) => b.length - a.length);
    const clean = this.forms.reduce((rest, form) => rest.split(form).join("[secret]"), text);
    return clean.replace(AFTER_HEADER_NAME, "$1[secret]");
  }
}
