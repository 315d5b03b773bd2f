import type { ApiKey, Fault } from "../../../emulator/src/index";
import { type FrontDoor, Refusal } from "../../harness/front-door";
import type { LifecycleStage } from "../../harness/lifecycle-stage";
import { type Held, Resource } from "../../harness/stack";

/** The engine's process ends before it has written down what was answered last. */
class Crash extends Error {}

/** A front door behind which the engine dies right after its n-th write. */
function dyingAfter(writes: number, door: FrontDoor): FrontDoor {
  let left = writes;
  const write = async <T>(work: Promise<T>): Promise<T> => {
    const outcome = await work.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    left -= 1;
    if (left === 0) throw new Crash();
    if (outcome) throw outcome.error;
    return work;
  };
  return {
    ...door,
    create: (news) => write(door.create(news)),
    update: (...given) => write(door.update(...given)),
    delete: (...given) => write(door.delete(...given)),
  };
}

export interface Trouble {
  readonly faults?: readonly Fault[] | undefined;
  /** After how many writes the engine dies. */
  readonly dies?: number | undefined;
}

/** One resource, its platform, and what everybody has been told. After every operation the invariants are looked at. */
export class World {
  readonly key: Resource;
  /** Keys that somebody else made. */
  readonly others = new Set<string>();
  /** Keys that the provider named in some message. */
  readonly named = new Set<string>();

  private readonly firstSecret: number;

  private constructor(
    readonly stage: LifecycleStage,
    door: FrontDoor,
  ) {
    this.firstSecret = stage.secrets().length;
    this.key = new Resource(door);
  }

  static async begin(stage: LifecycleStage): Promise<World> {
    stage.controls.reset();
    stage.forgetTold();
    return new World(stage, await stage.newRun());
  }

  get live(): ApiKey | undefined {
    return this.on(this.key.held?.id);
  }

  on(id: string | undefined): ApiKey | undefined {
    return this.stage.controls.keys().find((key) => key.id === id);
  }

  async newRun(): Promise<void> {
    this.key.door = await this.stage.newRun();
  }

  /** Does one thing of the engine in trouble; answers what was done, or how it failed. */
  async operate(work: (key: Resource) => Promise<unknown>, trouble: Trouble = {}): Promise<unknown> {
    const { key, stage } = this;
    const before = key.held;
    const { door } = key;
    if (trouble.dies !== undefined) key.door = dyingAfter(trouble.dies, door);
    for (const fault of trouble.faults ?? []) stage.controls.faults.add(fault);
    const outcome = await work(key).catch((error: unknown) => {
      if (error instanceof Refusal || error instanceof Crash) return error;
      throw error;
    });
    stage.controls.faults.clear();
    if (!(outcome instanceof Crash)) await door.end();
    key.door = door;
    if (outcome instanceof Crash) await this.newRun();
    this.hear(outcome instanceof Refusal ? outcome.message : "");
    this.expectSecretKept(before, outcome);
    return outcome;
  }

  /** Does what a person does who was told both readings and knows which holds: removes what runs left behind. */
  clearUp(): void {
    const kept = new Set([this.key.held?.id, ...this.key.pending.map(({ id }) => id)]);
    for (const id of this.named) if (this.on(id) && !kept.has(id)) this.stage.controls.deleteKey(id);
  }

  /** Invariant: every living key is in the state, somebody else's, or was named with the way to remove it. */
  expectNoUnknownKey(): void {
    const known = new Set([
      this.key.held?.id,
      ...this.key.pending.map(({ id }) => id),
      ...this.others,
      ...this.named,
    ]);
    const unknown = this.stage.controls.keys().filter(({ id, isAdmin }) => !isAdmin && !known.has(id));
    expect(unknown.map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  }

  private hear(message: string): void {
    const said = `${message}\n${this.stage.told()}`;
    const secrets = [this.stage.adminKey, ...this.stage.secrets().slice(this.firstSecret)];
    for (const secret of secrets) expect(said).not.toContain(secret);
    for (const [, id = ""] of said.matchAll(/\b(id-\d+)\b/g)) this.named.add(id);
  }

  /** Invariant: an access key changes with the key it belongs to, and the state holds the one that works. */
  private expectSecretKept(before: Held | undefined, outcome: unknown): void {
    const { held } = this.key;
    if (!held) return;
    if (before?.id === held.id) expect(held.outs.accessKey).toBe(before.outs.accessKey);
    else if (before)
      expect(["replace", "Refusal", "Crash"]).toContain(
        outcome instanceof Error ? outcome.constructor.name : outcome,
      );
    const live = this.on(held.id);
    if (live) expect(held.outs.accessKey).toBe(live.accessKey);
  }
}
