const MOST_RETIRED = 10_000;

export class AccessKeys {
  private readonly owners = new Map<string, string>();
  private readonly retired = new Set<string>();
  /** Secrets with characters other than letters, digits, `_` and `-`. */
  private readonly odd = new Set<string>();

  ownerOf(accessKey: string): string | undefined {
    return this.owners.get(accessKey);
  }

  add(accessKey: string, id: string): void {
    this.owners.set(accessKey, id);
    this.retired.delete(accessKey);
    if (/[^\w-]/.test(accessKey)) this.odd.add(accessKey);
  }

  retire(accessKey: string): void {
    if (!this.owners.delete(accessKey)) return;
    this.retired.add(accessKey);
    if (this.retired.size <= MOST_RETIRED) return;
    for (const oldest of this.retired) {
      this.retired.delete(oldest);
      this.odd.delete(oldest);
      break;
    }
  }

  retireAll(): void {
    for (const accessKey of [...this.owners.keys()]) this.retire(accessKey);
  }

  isSecret(text: string): boolean {
    return this.owners.has(text) || this.retired.has(text);
  }

  oddSecrets(): Iterable<string> {
    return this.odd;
  }
}
