import * as pulumi from "@pulumi/pulumi";
import { dateOf } from "../../core/rotation/days";
import { datesOf, declarationOf, type PlannedGeneration, plan } from "../../core/rotation/plan";
import { usedToday } from "../../core/usage";
import type { ApiKeyArgs } from "../api-key";
import { usageReading } from "../readings";
import { type RotatingApiKeyArgs, type RotationArgs, readArgs } from "./args";
import { endingKeys } from "./ending";
import { RotationError, thisRun } from "./facts";
import { RotationMemory } from "./memory";

/** The same for both providers, so that a stack can move from one to the other. */
const COMPONENT_TYPE = "aixplain:index:RotatingApiKey";

interface GenerationKey extends pulumi.CustomResource {
  readonly accessKey: pulumi.Output<string | undefined>;
}

type KeyClass = new (name: string, args: ApiKeyArgs, opts: pulumi.CustomResourceOptions) => GenerationKey;

/** The usage of a key in the current UTC day. */
export interface UsedToday {
  readonly requests: number;
  readonly tokens: number;
}

interface Generation {
  readonly planned: PlannedGeneration;
  readonly key: GenerationKey;
}

interface Generations {
  readonly planned: readonly PlannedGeneration[];
  readonly current: Generation;
  readonly previous: Generation | undefined;
}

/** A key that is rotated by its schedule, with either provider. */
export abstract class RotatingKey extends pulumi.ComponentResource {
  /**
   * The access key to use from now on, a secret. It stays valid for at least `overlap` days, whatever later updates do.
   */
  readonly current: pulumi.Output<string>;
  /** The access key of the previous generation, a secret, while that key exists. */
  readonly previous: pulumi.Output<string | undefined>;
  /** The current generation: the date of its start. */
  readonly generation: pulumi.Output<string>;
  /** The date on which the next generation starts, at midnight UTC. */
  readonly rotatesAt: pulumi.Output<string>;
  /** The date from which the previous generation is no longer declared; undefined if there is none. */
  readonly previousRetiresAt: pulumi.Output<string | undefined>;
  /**
   * The usage of the previous generation in the current UTC day. A consumer that still uses it will lose access soon.
   * Read whenever the program runs; undefined if there is no previous generation, or if it cannot be read.
   */
  readonly previousUsedToday: pulumi.Output<UsedToday | undefined>;

  /** @throws RotationError with all problems of the arguments */
  constructor(keys: KeyClass, name: string, args: RotatingApiKeyArgs, opts: pulumi.ComponentResourceOptions) {
    const read = readArgs(name, args);
    super(COMPONENT_TYPE, name, {}, opts);
    const generations = this.declare(keys, name, read);
    // A promise: an output of it would look into the resources.
    const keyOf = (which: "current" | "previous"): pulumi.Output<string | undefined> =>
      pulumi.secret(pulumi.output(generations.then((known) => known[which]?.key.accessKey)));
    this.current = keyOf("current") as pulumi.Output<string>;
    this.previous = keyOf("previous");
    const dates = generations.then(({ planned }) => datesOf(planned, read.schedule));
    this.generation = pulumi.output(dates).generation;
    this.rotatesAt = pulumi.output(dates).rotatesAt;
    this.previousRetiresAt = pulumi.output(dates).apply(({ previousRetiresAt }) => previousRetiresAt);
    this.previousUsedToday = pulumi.output(generations.then(({ previous }) => this.useOf(previous)));
    const { current, previous, generation, rotatesAt, previousRetiresAt, previousUsedToday } = this;
    // At once: the engine must not consider the program finished before the keys are declared.
    this.registerOutputs({ current, previous, generation, rotatesAt, previousRetiresAt, previousUsedToday });
  }

  /** Declares every key that is valid at the instant of the run, if nothing prevents it. */
  private async declare(keys: KeyClass, name: string, read: RotationArgs): Promise<Generations> {
    const { schedule, scheduleArgs, rotationTrigger, keyArgs } = read;
    const { instant, look } = thisRun();
    const seen = await look;
    const memory = new RotationMemory(
      name,
      { ...scheduleArgs, rotationTrigger, facts: seen?.facts },
      { parent: this },
    );
    const planned = plan(schedule, instant, await memory.lastLeak());
    const generations = planned.map((each) => {
      const { logicalName, expiresAt, ignoreChanges } = declarationOf(name, each);
      const key = new keys(logicalName, { ...keyArgs, expiresAt }, { parent: this, ignoreChanges });
      return { planned: each, key };
    });
    const [current, previous] = [...generations].reverse();
    if (current === undefined)
      throw new RotationError(
        `The rotation ${JSON.stringify(name)} has no key at this time: its anchor is in the future.`,
      );
    if (pulumi.runtime.isDryRun()) await this.reportPlan(name, current.planned, previous?.planned);
    const ending = await endingKeys(this, name, seen?.keys ?? [], planned);
    for (const { id, key } of ending) await this.warnOfUse(id, key, "is deleted by this update");
    return { planned, current, previous };
  }

  private async reportPlan(
    name: string,
    current: PlannedGeneration,
    previous: PlannedGeneration | undefined,
  ): Promise<void> {
    const until = previous
      ? `, and generation ${previous.id} stays valid until ${dateOf(previous.retires)}`
      : "";
    await pulumi.log.info(
      `${name}: generation ${current.id} is current${until}. Each generation has its own budget and limits.`,
      this,
    );
  }

  private useOf(previous: Generation | undefined): pulumi.Output<UsedToday | undefined> {
    if (previous === undefined) return pulumi.output<UsedToday | undefined>(undefined);
    const { id, retires } = previous.planned;
    return previous.key.id.apply((key) => this.warnOfUse(id, key, `retires on ${dateOf(retires)}`));
  }

  private async warnOfUse(generation: string, key: string, fate: string): Promise<UsedToday | undefined> {
    const usage = await usageReading(key, {});
    if ("unavailable" in usage) return undefined;
    const used = usedToday(usage.value);
    if (used.requests > 0 || used.tokens > 0) {
      await pulumi.log.warn(
        `The key of generation ${generation} (${key}) ${fate} and was used today (${used.requests} requests, ${used.tokens} tokens). Give its users the current key first.`,
        this,
      );
    }
    return used;
  }
}
