import type { ApiKey, Fault } from "../../../emulator/src/index";
import { autoName } from "../../../provider/core/auto-name";
import type { FrontDoor } from "../../harness/front-door";
import type { LifecycleStage } from "../../harness/lifecycle-stage";
import { Crash, Program, type Ran } from "../../harness/program";
import { type Held, harnessIdentity, type Resource } from "../../harness/stack";
import { RESOURCES } from "./arbitraries";
import { Colleague, type Race } from "./colleague";
import { dyingAfter } from "./dying-engine";

export interface Trouble {
  readonly faults?: readonly Fault[] | undefined;
  readonly dies?: number | undefined;
  readonly race?: Race | undefined;
}

export const nameOf = (logicalName: string, n: number): string =>
  autoName(logicalName, harnessIdentity(logicalName), n);

/** The first name of a resource without a seed, which every stack gives. */
export const SEEDLESS_NAME = autoName("api-key", "", 0);

/** How a leftover is reported; names.test.ts shows that the provider still says so. */
export const LEFTOVER = /\((id-\d+)\) has an automatic name of the resource/g;

const OURS = new Set(
  Object.keys(RESOURCES).flatMap((each) => Array.from({ length: 16 }, (_, n) => nameOf(each, n))),
);

type State = ReadonlyMap<Resource, Held | undefined>;

/** One program, its platform, and what everybody has been told. After every operation the invariants are looked at. */
export class World {
  readonly program: Program;
  readonly colleague: Colleague;
  readonly named = new Set<string>();
  /** Keys that were told to have a name which the program gives. */
  private readonly inTheWay = new Set<string>();
  apiKey: string;

  private readonly firstSecret: number;
  private readonly condemned = new Set<string>();
  private door: FrontDoor;

  private constructor(
    readonly stage: LifecycleStage,
    readonly elsewhere: LifecycleStage,
    door: FrontDoor,
    /** What holds for the whole sequence, for instance that the list does not show who is an admin. */
    private readonly standing: readonly Fault[],
  ) {
    this.firstSecret = stage.secrets().length;
    this.apiKey = stage.adminKey;
    this.door = door;
    this.program = new Program(door, RESOURCES);
    this.colleague = new Colleague(stage, (name) => OURS.has(name));
  }

  static async begin(
    stage: LifecycleStage,
    elsewhere: LifecycleStage,
    standing: readonly Fault[],
  ): Promise<World> {
    for (const { controls, forgetTold } of [stage, elsewhere]) {
      controls.reset();
      forgetTold();
    }
    for (const fault of standing) stage.controls.faults.add(fault);
    const world = new World(stage, elsewhere, await stage.newRun(), standing);
    world.program.door = world.watched(world.door);
    return world;
  }

  /** Whether the list does not show who is an admin: then an account is known by its admin key alone. */
  get digestsOnly(): boolean {
    return this.standing.length > 0;
  }

  get keys(): readonly ApiKey[] {
    return this.stage.controls.keys().filter(({ isAdmin }) => !isAdmin);
  }

  on(id: string | undefined): ApiKey | undefined {
    return this.keys.find((key) => key.id === id);
  }

  async newRun(): Promise<void> {
    this.enter(await this.stage.newRun({ apiKey: this.apiKey }));
  }

  enter(door: FrontDoor): void {
    this.door = door;
    this.program.door = this.watched(door);
  }

  /** Does one thing of the engine in trouble; answers what was done, and how it failed. */
  async operate(work: (program: Program) => Promise<Ran>, trouble: Trouble = {}): Promise<Ran> {
    const { program, stage, door } = this;
    const before = this.state();
    const alive = new Set(this.keys.map(({ id }) => id));
    const watched = this.watched(door);
    this.condemned.clear();
    stage.forgetTold();
    if (trouble.dies !== undefined) program.door = dyingAfter(trouble.dies, watched);
    for (const fault of trouble.faults ?? []) stage.controls.faults.add(fault);
    if (trouble.race) this.colleague.race(trouble.race);
    const ran = await work(program);
    stage.meanwhile = undefined;
    stage.controls.faults.clear();
    for (const fault of this.standing) stage.controls.faults.add(fault);
    const crashed = ran.failures.some((error) => error instanceof Crash);
    if (!crashed) await door.end();
    program.door = watched;
    if (crashed) await this.newRun();
    this.hear(ran.failures.map(({ message }) => message).join("\n"));
    this.colleague.expectUntouched();
    this.expectNoneTaken(before, alive);
    this.expectSecretsKept(before, ran);
    return ran;
  }

  /** Does what people do who were told both readings and know which holds: our own leftovers go, a colleague gives way. */
  clearUp(): void {
    const kept = this.managed();
    for (const id of this.named)
      if (this.on(id) && !kept.has(id) && !this.colleague.has(id)) this.stage.controls.deleteKey(id);
    this.colleague.giveUp(this.inTheWay);
  }

  /** Invariant: every living key is in the state, somebody else's, or was named. */
  expectNoUnknownKey(): void {
    const known = this.managed();
    const unknown = this.keys.filter(
      // Without a seed a name proves nothing, so nobody can name what is left with one: it may be any stack's.
      ({ id, name }) =>
        !known.has(id) && !this.named.has(id) && !this.colleague.has(id) && !name.startsWith("api-key-"),
    );
    expect(unknown.map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  }

  state(): State {
    return new Map(this.program.resources.map((resource) => [resource, resource.held]));
  }

  /** Invariant: no secret is told. */
  hear(message: string): void {
    const said = `${message}\n${this.stage.told()}\n${this.elsewhere.told()}`;
    const { stage, elsewhere, apiKey } = this;
    const secrets = [stage.adminKey, apiKey, elsewhere.adminKey, ...stage.secrets().slice(this.firstSecret)];
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    for (const [, id = ""] of said.matchAll(/\b(id-\d+)\b/g)) this.named.add(id);
    for (const [, id = ""] of said.matchAll(/is taken by the key (id-\d+)/g)) this.inTheWay.add(id);
    this.expectNoneDoubted(said);
  }

  /** Invariant: no key of the state is told as one that no resource holds, and none that was to be deleted. */
  private expectNoneDoubted(said: string): void {
    const told = [...said.matchAll(LEFTOVER)].map(([, id]) => id);
    const managed = this.managed();
    expect(told.filter((id = "") => managed.has(id) || this.condemned.has(id))).toEqual([]);
  }

  private managed(): Set<string | undefined> {
    return new Set(
      this.program.resources.flatMap(({ held, pending }) => [held, ...pending].map((each) => each?.id)),
    );
  }

  private watched(door: FrontDoor): FrontDoor {
    const condemn: FrontDoor["delete"] = (id, outs) => {
      this.condemned.add(id);
      return door.delete(id, outs);
    };
    return { ...door, delete: condemn };
  }

  /** Invariant: a key that the state has goes only where the engine asked for it. */
  private expectNoneTaken(before: State, alive: ReadonlySet<string>): void {
    const held = [...before.values()].flatMap((each) => (each && alive.has(each.id) ? [each.id] : []));
    expect(held.filter((id) => !this.on(id) && !this.condemned.has(id))).toEqual([]);
  }

  /** Invariant: an access key changes with the key it belongs to, and the state holds the one that works. */
  private expectSecretsKept(before: State, { steps, failures }: Ran): void {
    const wrong = this.program.resources.flatMap((resource) => {
      const { held, logicalName } = resource;
      if (!held) return [];
      const [old, live, { accessKey }] = [before.get(resource), this.on(held.id), held.outs];
      const kept = old?.id !== held.id || old.outs.accessKey === accessKey;
      const meant = !old || old.id === held.id || failures.length > 0 || steps[logicalName] === "replace";
      return kept && meant && (!live || live.accessKey === accessKey) ? [] : [logicalName];
    });
    expect(wrong).toEqual([]);
  }
}
