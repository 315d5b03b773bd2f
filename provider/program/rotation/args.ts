import type * as pulumi from "@pulumi/pulumi";
import { didYouMean, nearest } from "../../core/did-you-mean";
import type { Problem } from "../../core/errors";
import { PROPERTIES } from "../../core/properties";
import { readSchedule, type Schedule, type ScheduleArgs } from "../../core/rotation/schedule";
import type { ApiKeyArgs } from "../api-key";
import { RotationError } from "./facts";

/** What each key of a rotation has, besides its own dates. */
type GenerationArgs = Omit<
  ApiKeyArgs,
  "name" | "budget" | "expiresAt" | "adopt" | "deletionPolicy" | "rotationTrigger"
>;

/** What a program declares about a key that is rotated. Days are whole UTC days. */
export interface RotatingApiKeyArgs extends ScheduleArgs, GenerationArgs {
  /**
   * A text to change when a key has leaked: then the same update creates a new key and ends all older ones. Setting it
   * for the first time or removing it does nothing.
   */
  readonly rotationTrigger?: pulumi.Input<string | undefined>;
  /**
   * The number of credits that each generation may spend. While two generations live, both may spend as much. Left out:
   * no budget.
   */
  readonly budgetPerGeneration?: ApiKeyArgs["budget"];
}

export interface RotationArgs {
  readonly schedule: Schedule;
  readonly scheduleArgs: ScheduleArgs;
  readonly rotationTrigger: pulumi.Input<string | undefined>;
  /** What every key is declared with. */
  readonly keyArgs: ApiKeyArgs;
}

const FOREIGN: Readonly<Record<string, string>> = {
  name: "cannot be given: each generation has an automatic name, so that the next can be created before it goes. Remove it",
  budget: "means nothing here: every generation has a budget of its own. Write budgetPerGeneration",
  expiresAt: "cannot be given: the schedule decides on it. Remove it",
  adopt: "cannot be given: each generation is a new key. Remove it",
  deletionPolicy: "cannot be given: a retired or leaked key has to be deleted. Remove it",
};

/** What a rotation takes, in the order of the documentation. */
const KNOWN = [
  "anchor",
  "every",
  "overlap",
  "schedule",
  "grace",
  "rotationTrigger",
  "budgetPerGeneration",
  ...Object.keys(PROPERTIES).filter((name) => !(name in FOREIGN) && name !== "rotationTrigger"),
];

function foreignProblem(property: string): Problem[] {
  const reason = FOREIGN[property];
  if (reason !== undefined) return [{ property, reason }];
  if (KNOWN.includes(property)) return [];
  const meant = didYouMean(nearest(property, KNOWN));
  return [{ property, reason: `is not a property of a rotation${meant} (known: ${KNOWN.join(", ")})` }];
}

/** @throws RotationError that names everything that is wrong */
export function readArgs(name: string, args: RotatingApiKeyArgs): RotationArgs {
  const { every, overlap, anchor, schedule, grace, rotationTrigger, budgetPerGeneration, ...limits } = args;
  const scheduleArgs: ScheduleArgs = { every, overlap, anchor, schedule, grace };
  const reading = readSchedule({ ...scheduleArgs });
  const foreign = Object.keys(limits).flatMap(foreignProblem);
  const problems = [...(reading.ok ? [] : reading.problems), ...foreign];
  if (!reading.ok || problems.length > 0) {
    const told = problems.map(({ property, reason }) => `${property} ${reason}`).join("; ");
    throw new RotationError(`The rotation ${JSON.stringify(name)} cannot be declared: ${told}.`);
  }
  return {
    schedule: reading.schedule,
    scheduleArgs,
    rotationTrigger,
    keyArgs: { ...limits, budget: budgetPerGeneration },
  };
}
