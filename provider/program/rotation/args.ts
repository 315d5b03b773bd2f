import type * as pulumi from "@pulumi/pulumi";
import { didYouMean, nearest } from "../../core/did-you-mean";
import { type Problem, problemsInWords } from "../../core/errors";
import { PROPERTIES } from "../../core/properties";
import { readSchedule, type Schedule, type ScheduleArgs } from "../../core/rotation/schedule";
import type { ApiKeyArgs } from "../api-key";
import { RotationError } from "./facts";

type GenerationArgs = Omit<
  ApiKeyArgs,
  "name" | "budget" | "expiresAt" | "adopt" | "deletionPolicy" | "rotationTrigger"
>;

/** The properties of a rotated key. Days are whole UTC days. */
export interface RotatingApiKeyArgs extends ScheduleArgs, GenerationArgs {
  /**
   * A text that you change when a key has leaked: the update then creates a new key and deletes all older ones. Setting
   * it for the first time or removing it does nothing.
   */
  readonly rotationTrigger?: pulumi.Input<string | undefined>;
  /**
   * The number of credits that each generation may spend. While two generations are valid, each has its own budget.
   * Default: no budget.
   */
  readonly budgetPerGeneration?: ApiKeyArgs["budget"];
}

export interface RotationArgs {
  readonly schedule: Schedule;
  readonly scheduleArgs: ScheduleArgs;
  readonly rotationTrigger: pulumi.Input<string | undefined>;
  readonly keyArgs: ApiKeyArgs;
}

const FOREIGN: Readonly<Record<string, string>> = {
  name: "is not allowed: remove it. Generations have automatic names, so that the next one can be created before the previous one is deleted",
  budget: "is not allowed: use budgetPerGeneration. Every generation has its own budget",
  expiresAt: "is not allowed: remove it. The schedule determines the expiry",
  adopt: "is not allowed: remove it. Each generation is a new key",
  deletionPolicy: "is not allowed: remove it. A retired or leaked key has to be deleted",
};

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

export function readArgs(name: string, args: RotatingApiKeyArgs): RotationArgs {
  const { every, overlap, anchor, schedule, grace, rotationTrigger, budgetPerGeneration, ...limits } = args;
  const scheduleArgs: ScheduleArgs = { every, overlap, anchor, schedule, grace };
  const reading = readSchedule({ ...scheduleArgs });
  const foreign = Object.keys(limits).flatMap(foreignProblem);
  const problems = [...(reading.ok ? [] : reading.problems), ...foreign];
  if (!reading.ok || problems.length > 0) {
    throw new RotationError(
      `The rotation ${JSON.stringify(name)} cannot be declared: ${problemsInWords(problems)}.`,
    );
  }
  return {
    schedule: reading.schedule,
    scheduleArgs,
    rotationTrigger,
    keyArgs: { ...limits, budget: budgetPerGeneration },
  };
}
