import { type FrontDoor, Refusal } from "./front-door";
import { type Declaration, Resource, type Step } from "./stack";

/** What a program declares for each of its resources; a resource that is not in it is to go. */
export type Declared = Readonly<Record<string, Declaration | undefined>>;

/** `parallel`: every step begins as soon as it is planned. `serial`: one step at a time, as with `--parallel 1`. */
export type Order = "parallel" | "serial";

export interface RunOptions {
  readonly order?: Order | undefined;
  /** `pulumi up --replace` of these resources. */
  readonly replace?: readonly string[] | undefined;
}

export interface Ran {
  readonly steps: Readonly<Record<string, Step>>;
  readonly failures: readonly Error[];
}

/**
 * What the engine does with several resources of one program in one run: it looks at one after the other and goes on
 * looking while the steps of the first ones are under way. After a failure it begins nothing new, and removes nothing.
 */
export class Program {
  readonly resources: readonly Resource[];

  constructor(door: FrontDoor, seeded: Readonly<Record<string, boolean>>) {
    this.resources = Object.entries(seeded).map(([name, seed]) => new Resource(door, name, seed));
  }

  set door(door: FrontDoor) {
    for (const resource of this.resources) resource.door = door;
  }

  async up(declared: Declared, { order = "parallel", replace = [] }: RunOptions = {}): Promise<Ran> {
    const run = new Run();
    const running: Promise<void>[] = [];
    for (const resource of this.resources) {
      const { logicalName: name } = resource;
      const declaration = declared[name];
      if (declaration === undefined) continue;
      const execute = await run.attempt(() =>
        resource.plan(declaration, { replace: replace.includes(name) }),
      );
      if (!execute) break;
      const before = order === "serial" ? running.at(-1) : undefined;
      running.push(run.step(name, execute, before));
    }
    await Promise.all(running);
    const gone = this.resources.filter(({ logicalName }) => declared[logicalName] === undefined);
    await Promise.all(gone.map((resource) => run.attempt(() => resource.destroy())));
    return run;
  }

  refresh(): Promise<Ran> {
    return this.all((resource) => resource.refresh());
  }

  destroy(): Promise<Ran> {
    return this.all((resource) => resource.destroy());
  }

  private async all(work: (resource: Resource) => Promise<void>): Promise<Ran> {
    const run = new Run();
    await Promise.all(this.resources.map((resource) => run.attempt(() => work(resource))));
    return run;
  }
}

/** The engine's process ends before it has written down what was answered last. */
export class Crash extends Error {
  constructor() {
    super("the engine's process died");
  }
}

class Run implements Ran {
  readonly steps: Record<string, Step> = {};
  readonly failures: Error[] = [];

  async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.failures.length > 0) return undefined;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Crash)) throw error;
      this.failures.push(error);
      return undefined;
    }
  }

  async step(name: string, execute: () => Promise<Step>, before: Promise<void> | undefined): Promise<void> {
    await before;
    const step = await this.attempt(execute);
    if (step) this.steps[name] = step;
  }
}
