import { ensurePulumi } from "../../tools/pulumi-cli";
import type { Progress } from "../../tools/pulumi-cli/progress";
import { ensureGateway } from "../../tools/shared-backend";
import { type FleetRun, type FleetSetting, measureFleet } from "./measure";

export interface FleetResult {
  readonly pulumi: string;
  /** One stack, without checkpoints. */
  readonly alone: FleetRun;
  /** All stacks, without checkpoints: on one machine they would dominate the measurement. */
  readonly fleet: FleetRun;
  /** One stack, with checkpoints. */
  readonly checkpointed?: FleetRun;
}

/** Compares many stacks in one account with one stack of the same size, under the same quota. */
export async function* benchFleet(
  setting: Omit<FleetSetting, "checkpoints">,
  progress: Progress,
): AsyncGenerator<FleetResult> {
  const cli = await ensurePulumi();
  const gateway = await ensureGateway({ progress });
  const measure = (some: Partial<FleetSetting>): Promise<FleetRun> =>
    measureFleet(cli, gateway, { ...setting, checkpoints: false, ...some }, progress);
  const one = { stacks: 1, runners: 1 };
  const result = { pulumi: cli.version, alone: await measure(one), fleet: await measure({}) };
  yield result;
  yield { ...result, checkpointed: await measure({ ...one, checkpoints: true }) };
}
