import type { ApiKey } from "../../emulator/src/index";
import { type Properties, Refusal } from "../harness/front-door";
import { type Declaration, type Held, Resource } from "../harness/stack";
import type { Stage } from "../harness/stage";
import type { NumberedRow } from "./fault-matrix";
import { AFTER, BEFORE, type FaultRow } from "./faults/row";

export interface Outcome {
  readonly stage: Stage;
  readonly key: Resource;
  readonly before: Held | undefined;
  readonly refusal: Refusal | undefined;
  readonly told: string;
  /** Keys on the server that are not an admin's and were not put there by somebody else. */
  readonly ours: readonly ApiKey[];
  readonly othersUntouched: boolean;
  readonly calls: Readonly<Record<string, number>>;
}

const isNew = ({ verb }: FaultRow): boolean => verb === "create" || verb === "check";

const operate = (
  key: Resource,
  { verb, declaration = AFTER }: FaultRow,
  named: Properties,
): Promise<unknown> => {
  if (verb === "check") return key.check({ ...declaration, ...named });
  if (verb === "diff") return key.preview({ ...BEFORE, ...named });
  if (verb === "read") return key.refresh();
  return verb === "delete" ? key.destroy() : key.up({ ...declaration, ...named });
};

const refusalIn = async (work: Promise<unknown>): Promise<Refusal | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

/** Lets a row happen on a stage, hands over what came out while the platform is there, and clears the stage away. */
export async function playRow(
  row: NumberedRow,
  stage: Stage,
  judge: (row: NumberedRow, outcome: Outcome) => Promise<void>,
): Promise<void> {
  const { controls } = stage;
  const named: Declaration = row.name === undefined ? {} : { name: row.name };
  try {
    const key = new Resource(await stage.newRun());
    if (!isNew(row)) await key.up({ ...BEFORE, ...named });
    const before = key.held;
    row.meanwhile?.(stage);
    key.door = await stage.newRun(row.settings?.(stage));
    const others = controls.keys().filter(({ id }) => id !== before?.id);
    controls.requests.clear();
    stage.forgetTold();
    for (const fault of row.faults?.(stage) ?? []) controls.faults.add(fault);
    const refusal = await refusalIn(operate(key, row, named));
    controls.faults.clear();
    const calls: Record<string, number> = {};
    for (const { route, path } of controls.requests()) {
      const called = route ?? path.slice(1);
      calls[called] = (calls[called] ?? 0) + 1;
    }
    const isOther = ({ id }: ApiKey): boolean => others.some((each) => each.id === id);
    const untouched = JSON.stringify(controls.keys().filter(isOther)) === JSON.stringify(others);
    const ours = controls.keys().filter((each) => !isOther(each));
    await judge(row, {
      stage,
      key,
      before,
      refusal,
      told: stage.told(),
      ours,
      othersUntouched: untouched,
      calls,
    });
  } finally {
    await stage.close();
  }
}
