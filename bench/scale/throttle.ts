import type { PulumiCli } from "../../tools/pulumi-cli";
import { withTemporaryBackend } from "../../tools/pulumi-cli/temporary-backend";
import { EmulatorProcess } from "../emulator-process";
import type { Run } from "./model";
import { BenchStack } from "./stack";

/** An `up` of new keys against an API with a quota. */
export interface Throttled extends Run {
  readonly keys: number;
  readonly perSecond: number;
  /** The time that the quota allows for the answered calls. */
  readonly quotaMs: number;
}

export async function measureThrottled(cli: PulumiCli, keys: number, perSecond: number): Promise<Throttled> {
  const emulator = await EmulatorProcess.start({ managementRateLimit: { perSecond } });
  try {
    return await withTemporaryBackend(cli, async (backend) => {
      const setting = { keys, subject: "aixplain", latencyMs: 0, checkpoints: true } as const;
      const stack = new BenchStack("throttled", { setting, backend, emulator });
      await stack.init();
      const run = await stack.run("create");
      const answered = Object.entries(run.requests).filter(([route]) => !route.endsWith(" 429"));
      const calls = answered.reduce((sum, [, count]) => sum + count, 0);
      return { ...run, keys, perSecond, quotaMs: (calls / perSecond) * 1000 };
    });
  } finally {
    await emulator.stop();
  }
}
