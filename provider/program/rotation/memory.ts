import * as pulumi from "@pulumi/pulumi";
import type { Facts } from "../../core/rotation/memory";
import type { Leak } from "../../core/rotation/plan";
import type { ScheduleArgs } from "../../core/rotation/schedule";
import { MEMORY_STUB, MEMORY_TYPE } from "../../dynamic/stub";
import { requireRuntime } from "../require-runtime";
import { demandSecretSettings } from "../secret-settings";

interface MemoryArgs extends ScheduleArgs {
  readonly rotationTrigger: pulumi.Input<string | undefined>;
  readonly facts: Facts | undefined;
}

/** The part of a rotation that the state keeps. It refuses a run that would break a promise, even in the preview. */
export class RotationMemory extends pulumi.CustomResource {
  declare private readonly leak: pulumi.Output<Leak | undefined>;

  constructor(name: string, { facts, ...args }: MemoryArgs, opts: pulumi.CustomResourceOptions) {
    requireRuntime();
    demandSecretSettings();
    const outputs = { leak: undefined, generations: undefined };
    super(
      MEMORY_TYPE,
      name,
      { ...outputs, ...args, __facts: facts, __rotation: name, __provider: MEMORY_STUB },
      opts,
    );
  }

  /** The last leak, once the engine has read the state. */
  async lastLeak(): Promise<Leak | undefined> {
    const { leak } = this;
    // Not in the types of the SDK. Without it, this could wait forever for a value that a preview does not know.
    const { isKnown } = leak as unknown as { readonly isKnown: Promise<boolean> };
    if (!(await isKnown)) return undefined;
    return new Promise((resolve) => void leak.apply(resolve));
  }
}
