import * as pulumi from "@pulumi/pulumi";
import type { ListedKey } from "../../api/api-keys";
import { happenedIn } from "../../core/errors";
import type { Facts } from "../../core/rotation/memory";
import { type RotationSettings, resolveRotationSettings } from "../../settings";
import { connection, stackSetting } from "../readings";
import { currentRun, underMocks } from "../run";

/** A rotation that cannot be planned. Pulumi shows a `RunError` without a stack. */
export class RotationError extends pulumi.RunError {
  override readonly name = "RotationError";
}

/** The facts of a run. All rotations of a program share them, so that they are planned for the same instant. */
export interface Run {
  readonly instant: number;
  /** The platform's answer; absent under Pulumi's mocks, where nothing is read. */
  readonly look: Promise<Look | undefined>;
}

interface Look {
  readonly facts: Facts;
  readonly keys: readonly ListedKey[];
}

function settings(): RotationSettings {
  try {
    return resolveRotationSettings({ config: stackSetting, env: process.env });
  } catch (error) {
    throw new RotationError(happenedIn(error), { cause: error });
  }
}

async function lookAround(instant: number, { now, maxKeys }: RotationSettings): Promise<Look> {
  let redact = (text: string): string => text;
  try {
    const connected = connection();
    redact = (text) => connected.redactor.redact(text);
    const { keys, date } = await connected.keys.listWithDate();
    return {
      keys,
      facts: {
        instant,
        isFixed: now !== undefined,
        runner: connected.now(),
        keys: keys.filter(({ isAdmin }) => !isAdmin).length,
        ...(date === undefined ? {} : { platform: date }),
        ...(maxKeys === undefined ? {} : { maxKeys }),
      },
    };
  } catch (error) {
    throw new RotationError(
      redact(`The rotation could not be planned, because reading the account failed: ${happenedIn(error)}`),
      { cause: error },
    );
  }
}

const runs = new WeakMap<object, Run>();

export function thisRun(): Run {
  const identity = currentRun();
  const known = identity && runs.get(identity);
  if (known) return known;
  const given = settings();
  const instant = given.now ?? Date.now();
  const look = underMocks() ? Promise.resolve(undefined) : lookAround(instant, given);
  const run = { instant, look };
  if (identity) runs.set(identity, run);
  return run;
}
