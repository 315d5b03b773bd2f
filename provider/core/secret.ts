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

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Half of a surrogate pair has no place in an address, and none of these throws on it. */
const inAddress = (text: string): string[] =>
  [encodeURIComponent, encodeURI].flatMap((encode) => {
    const encoded = encode(text.replace(/\p{Cs}/gu, "\ufffd"));
    return [encoded, encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())];
  });

/** A secret as it stands in plain text, in JSON, in JSON inside JSON, and in an address. */
const formsOf = (secret: string): string[] => [
  secret,
  inJson(secret),
  inJson(inJson(secret)),
  ...inAddress(secret),
];

const AFTER_HEADER_NAME =
  /((?:x-api-key|x-aixplain-key|authorization)\\?["']?\s*[:=]\s*\\?["']?(?:(?:token|bearer|basic)\s+)?)[^\s"',}\\]+/gi;

/**
 * Takes secrets out of text that leaves the provider: whatever was registered, and whatever stands after the name of an
 * authentication header.
 */
export class Redactor {
  private readonly secrets = new Set<string>();
  /** Every form of every secret, the longest first: one secret may hold another. Made when text is to be cleaned. */
  private forms: readonly string[] | undefined;

  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** A thousand keys add a thousand secrets, and most runs have nothing to say about any of them. */
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
