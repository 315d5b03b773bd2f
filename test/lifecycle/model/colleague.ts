import type { LifecycleStage } from "../../harness/lifecycle-stage";

/** What a colleague does while the n-th write of our run is on its way: takes the name that it asks for. */
export interface Race {
  readonly write: number;
  readonly used: boolean;
}

/** Somebody else who works on the account. Nobody but they may touch their keys. */
export class Colleague {
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly stage: LifecycleStage,
    /** Names that only a stack of our own name in another backend gives: such a key is in use. */
    private readonly onlyOurs: (name: string) => boolean,
  ) {}

  has(id: string): boolean {
    return this.keys.has(id);
  }

  async create(name: string, used = false): Promise<void> {
    const { controls } = this.stage;
    if (controls.keys().some((key) => key.name === name)) return;
    const { id, accessKey } = controls.createKey({ name });
    if (used || this.onlyOurs(name)) await this.stage.use(accessKey);
    this.keys.set(id, this.asItIs(id));
  }

  remove(): void {
    const [id] = this.keys.keys();
    if (id === undefined) return;
    this.stage.controls.deleteKey(id);
    this.keys.delete(id);
  }

  /** Is asked for the names of keys that stand in the way of a program, and gives up those of their own. */
  giveUp(inTheWay: ReadonlySet<string>): void {
    const { controls } = this.stage;
    for (const id of inTheWay) {
      if (!this.keys.has(id)) continue;
      controls.updateKey(id, { name: `theirs ${id}` });
      this.keys.set(id, this.asItIs(id));
    }
  }

  /** Takes the name of our n-th write just before it arrives. */
  race({ write, used }: Race): void {
    let left = write;
    this.stage.meanwhile = async ({ method, body }) => {
      if (method !== "POST" && method !== "PUT") return;
      const name = typeof body === "object" && body !== null && "name" in body ? body.name : undefined;
      // Nobody comes to choose the name that a key has while it gives way.
      if (typeof name !== "string" || name.includes("(renaming ")) return;
      left -= 1;
      if (left === 0) await this.create(name, used);
    };
  }

  /** Invariant: every key of theirs is there, as they left it. */
  expectUntouched(): void {
    const now = Object.fromEntries([...this.keys.keys()].map((id) => [id, this.asItIs(id)]));
    expect(now).toEqual(Object.fromEntries(this.keys));
  }

  private asItIs(id: string): string {
    const { name, budget, expiresAt, globalLimits, assetsLimits, accessKey } =
      this.stage.controls.keys().find((key) => key.id === id) ?? {};
    return JSON.stringify({ name, budget, expiresAt, globalLimits, assetsLimits, accessKey });
  }
}
