import type { NameSeed } from "../core/auto-name";
import { UNKNOWN } from "../core/unknown";

/** How long an update waits for the plan of another key, in milliseconds. */
const PATIENCE_MS = 3_000;

/** What this run knows of its stack. The engine shows a provider one resource at a time. */
export class Stack {
  readonly reservedNames = new Set<string>();
  private readonly names = new Map<string, string | undefined>();
  private readonly ids = new Set<string>();
  private readonly replaced = new Set<string>();
  private readonly adopted = new Set<string>();
  private readonly absent = new Set<string>();
  private readonly leftBehind = new Set<string>();
  private readonly created = new Set<string>();
  private readonly updated = new Set<string>();
  private readonly plans = new Map<string, string>();
  private readonly waiting = new Map<string, (() => void)[]>();
  readonly refusedNames = new Set<string>();
  private readonly declared = new Map<string, NameSeed>();
  /** The fixed names by the identities of their resources. */
  private readonly declaredBy = new Map<string, string>();

  constructor(private readonly sleep: (ms: number) => Promise<void>) {}

  holds(name: string, id?: string): void {
    if (name !== "") this.names.set(name, id ?? this.names.get(name));
    if (id !== undefined) this.ids.add(id);
  }

  gaveUp(name: string): void {
    this.names.delete(name);
  }

  recordReplacement(name: string): void {
    this.replaced.add(name);
  }

  isReplaced(name: string): boolean {
    return this.replaced.has(name);
  }

  recordDeletion(id: string, name: string): void {
    this.absent.add(id);
    if (name !== "") this.absent.add(name);
  }

  isGone(idOrName: string): boolean {
    return this.absent.has(idOrName);
  }

  /** Records that a key stays on the platform but no longer belongs to the stack. */
  left(id: string): void {
    this.leftBehind.add(id);
  }

  isLeft(id: string): boolean {
    return this.leftBehind.has(id);
  }

  hasCreated(name: string, id: string): void {
    this.created.add(name);
    this.holds(name, id);
  }

  recordAdoption(name: string, id: string): void {
    this.adopted.add(id);
    this.hasCreated(name, id);
  }

  isAdopted(id: string): boolean {
    return this.adopted.has(id);
  }

  hasUpdated(name: string, id: string): void {
    this.updated.add(id);
    this.holds(name, id);
  }

  isUpdated(id: string): boolean {
    return this.updated.has(id);
  }

  createdNamed(name: string): boolean {
    return this.created.has(name);
  }

  isOwn(key: { readonly id: string; readonly name: string }): boolean {
    if (this.leftBehind.has(key.id)) return false;
    return (
      this.ids.has(key.id) || ((this.names.get(key.name) ?? key.id) === key.id && this.names.has(key.name))
    );
  }

  plan(id: string, name: string): void {
    this.plans.set(id, name);
    for (const resume of this.waiting.get(id) ?? []) resume();
    this.waiting.delete(id);
  }

  planned(id: string): string | undefined {
    return this.plans.get(id);
  }

  /**
   * The declared name of a key, or `undefined`. Waits briefly, because the engine may plan that resource after it
   * started this update.
   */
  async plannedSoon(id: string): Promise<string | undefined> {
    if (!this.plans.has(id)) {
      const heard = new Promise<void>((resume) => {
        this.waiting.set(id, [...(this.waiting.get(id) ?? []), resume]);
      });
      await Promise.race([heard, this.sleep(PATIENCE_MS)]);
    }
    const name = this.plans.get(id);
    return name === UNKNOWN ? undefined : name;
  }

  /** Records a fixed name. Returns the other resource that already declares it. */
  declare(name: string, resource: NameSeed): NameSeed | undefined {
    const earlier = this.declared.get(name);
    if (earlier && earlier.identity !== resource.identity) return earlier;
    const before = this.declaredBy.get(resource.identity);
    if (before !== undefined) this.declared.delete(before);
    this.declared.set(name, resource);
    this.declaredBy.set(resource.identity, name);
    return undefined;
  }

  isDeclared(name: string): boolean {
    return this.declared.has(name);
  }
}
