import { formatSeed, identityOf } from "../../provider/core/auto-name";
import { DYNAMIC_TYPE } from "../../provider/dynamic/stub";
import { type FrontDoor, type Properties, Refusal } from "./front-door";

export interface Held {
  readonly id: string;
  readonly inputs: Properties;
  readonly outs: Properties;
  /** Created or updated, but not as declared: the next update tries again whatever the diff says. */
  readonly unfinished?: boolean;
}

export type Step = "create" | "update" | "replace" | "same";

/** A declaration as a program writes it. A `name` that is there and undefined is an output that turned out to be none. */
export type Declaration = Properties;

export interface UpOptions {
  /** `pulumi up --replace`, with this resource. */
  readonly replace?: boolean | undefined;
}

class CheckFailed extends Refusal {
  constructor(readonly failures: readonly string[]) {
    super(failures.join("\n"));
  }
}

export const harnessIdentity = (logicalName: string): string =>
  identityOf(`urn:pulumi:test::harness::${DYNAMIC_TYPE}::${logicalName}`);

/**
 * What the Pulumi engine does with one resource of a program, for as long as tests need to know: it keeps a state, asks
 * the front door in the engine's own order, and writes down what was answered. A step that fails leaves the state as
 * the engine leaves it.
 */
export class Resource {
  held: Held | undefined;
  /** Old keys of replacements whose deletion failed: the engine deletes them first thing in the next update. */
  pending: readonly Held[] = [];

  constructor(
    public door: FrontDoor,
    readonly logicalName = "key",
    /** Whether the program proposes a name, as the resource class always does. */
    private readonly seeded = true,
  ) {}

  get accessKey(): unknown {
    return this.held?.outs.accessKey;
  }

  /** What the engine asks with: the resource class has added its proposal for a name, the engine what is to be ignored. */
  private written(declaration: Declaration): Properties {
    const identity = harnessIdentity(this.logicalName);
    const { ignoreChanges = [] } = (declaration.__options ?? {}) as { ignoreChanges?: string[] };
    const ignored = this.held ? ignoreChanges : [];
    return {
      ...declaration,
      ...Object.fromEntries(ignored.map((property) => [property, this.held?.inputs[property]])),
      ...(this.seeded ? { __autoname: formatSeed({ logicalName: this.logicalName, identity }) } : {}),
    };
  }

  async check(declaration: Declaration, olds: Properties = this.held?.inputs ?? {}): Promise<Properties> {
    const { inputs, failures } = await this.door.check(olds, this.written(declaration));
    if (failures.length > 0 || !inputs) throw new CheckFailed(failures);
    return inputs;
  }

  async preview(declaration: Declaration): Promise<Step> {
    const inputs = await this.check(declaration);
    if (!this.held) return "create";
    const { changes, replaces } = await this.door.diff(this.held.id, this.held.outs, inputs);
    if (!changes) return this.held.unfinished ? "update" : "same";
    if (replaces.length === 0) return "update";
    await this.check(declaration, {});
    return "replace";
  }

  async up(declaration: Declaration, options: UpOptions = {}): Promise<Step> {
    return (await this.plan(declaration, options))();
  }

  /** What the engine asks before it does anything; answers the step that is to be done. */
  async plan(declaration: Declaration, options: UpOptions = {}): Promise<() => Promise<Step>> {
    await this.retire();
    const { held } = this;
    // The resource class tells the engine so wherever the program writes a name, known or not.
    const named = "name" in declaration;
    if (held && options.replace) {
      // `pulumi up --replace`: the engine asks for the check of a new key, twice, and for no diff.
      await this.check(declaration, {});
      const inputs = await this.check(declaration, {});
      return () => this.replace(held, inputs, named);
    }
    const inputs = await this.check(declaration);
    if (!held) return () => this.create(inputs);
    const diff = await this.door.diff(held.id, held.outs, inputs);
    if (diff.replaces.length > 0) {
      const anew = await this.check(declaration, {});
      return () => this.replace(held, anew, diff.deleteBeforeReplace || named);
    }
    if (diff.changes || held.unfinished) return () => this.update(held, inputs);
    return async () => {
      this.held = { ...held, inputs };
      return "same";
    };
  }

  async refresh(): Promise<void> {
    const { held } = this;
    if (!held) return;
    const { id, props = {}, inputs = held.inputs } = await this.door.read(held.id, held.outs);
    this.held = id === "" ? undefined : { id, outs: props, inputs };
  }

  async destroy(): Promise<void> {
    await this.retire();
    if (this.held) await this.door.delete(this.held.id, this.held.outs);
    this.held = undefined;
  }

  private async create(inputs: Properties): Promise<Step> {
    await this.keepUnfinished(inputs, async () => {
      const { id, outs } = await this.door.create(inputs);
      this.held = { id, outs, inputs };
    });
    return "create";
  }

  private async update(held: Held, inputs: Properties): Promise<Step> {
    await this.keepUnfinished(inputs, async () => {
      const { outs } = await this.door.update(held.id, held.outs, inputs);
      this.held = { id: held.id, outs, inputs };
    });
    return "update";
  }

  private async replace(old: Held, inputs: Properties, deleteFirst: boolean): Promise<Step> {
    if (deleteFirst) await this.destroy();
    try {
      await this.create(inputs);
    } finally {
      // Also where the new key is not as declared: from its creation on the old one is to go.
      if (!deleteFirst && this.held !== old) this.pending = [...this.pending, old];
    }
    await this.retire();
    return "replace";
  }

  private async retire(): Promise<void> {
    for (const old of this.pending) {
      await this.door.delete(old.id, old.outs);
      this.pending = this.pending.filter((each) => each !== old);
    }
  }

  /** Where the key exists but is not as declared, the engine keeps what it was told of it, and fails the step. */
  private async keepUnfinished(inputs: Properties, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (error instanceof Refusal && error.unfinished) {
        const { id, properties } = error.unfinished;
        this.held = { id, outs: properties, inputs, unfinished: true };
      }
      throw error;
    }
  }
}
