import { ensurePulumi } from "../../tools/pulumi-cli";
import type { Progress } from "../../tools/pulumi-cli/progress";
import { ensureGateway } from "../../tools/shared-backend";
import { type FleetRun, type FleetSetting, measureFleet } from "./measure";

export interface FleetResult {
  readonly pulumi: string;
  readonly alone: FleetRun;
  readonly fleet: FleetRun;
}

/** Measures many stacks over one account beside one stack of the same size, under the same quota. */
export async function benchFleet(setting: FleetSetting, progress: Progress): Promise<FleetResult> {
  const cli = await ensurePulumi();
  const gateway = await ensureGateway({ progress });
  const alone = await measureFleet(cli, gateway, { ...setting, stacks: 1, runners: 1 }, progress);
  const fleet = await measureFleet(cli, gateway, setting, progress);
  return { pulumi: cli.version, alone, fleet };
}
