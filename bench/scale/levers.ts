import type { PulumiCli } from "../../tools/pulumi-cli";
import type { Step } from "../../tools/pulumi-cli/progress";
import { withTemporaryBackend } from "../../tools/pulumi-cli/temporary-backend";
import { EmulatorProcess } from "../emulator-process";
import type { Operation, Run } from "./model";
import { BenchStack } from "./stack";

interface Lever {
  readonly name: string;
  readonly operation: Operation;
  readonly keys: number;
  readonly latencyMs: number;
  readonly checkpoints: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

export interface LeverResult extends Lever {
  readonly run: Run;
}

function leversFor(keys: number): Lever[] {
  const create = { operation: "create", keys, latencyMs: 0, checkpoints: true } as const;
  const parallel = (width: number): Lever => ({
    ...create,
    name: `--parallel ${width}, checkpoints off, 50 ms`,
    checkpoints: false,
    latencyMs: 50,
    flags: ["--parallel", String(width)],
  });
  return [
    { ...create, name: "as it comes" },
    { ...create, name: "PULUMI_SKIP_CHECKPOINTS (experimental)", checkpoints: false },
    {
      ...create,
      name: "PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS",
      env: { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" },
    },
    { ...create, name: "PULUMI_DIY_BACKEND_GZIP", env: { PULUMI_DIY_BACKEND_GZIP: "true" } },
    { ...create, name: `a tenth of the keys (one of ten stacks)`, keys: Math.ceil(keys / 10) },
    parallel(1),
    parallel(8),
    parallel(64),
  ];
}

/** One create under each of Pulumi's levers. */
export async function measureLevers(cli: PulumiCli, keys: number, step: Step): Promise<LeverResult[]> {
  const results: LeverResult[] = [];
  for (const [index, lever] of leversFor(keys).entries()) {
    step.detail(lever.name);
    results.push({ ...lever, run: await measure(cli, lever, index) });
  }
  return results;
}

async function measure(cli: PulumiCli, lever: Lever, index: number): Promise<Run> {
  const { keys, latencyMs, checkpoints, env = {}, flags = [] } = lever;
  const emulator = await EmulatorProcess.start({ latencyMs });
  try {
    return await withTemporaryBackend(cli, async (backend) => {
      const setting = { keys, subject: "aixplain", latencyMs, checkpoints } as const;
      const stack = new BenchStack(`lever-${index}`, { setting, backend, emulator, env, flags });
      await stack.init();
      return stack.run(lever.operation);
    });
  } finally {
    await emulator.stop();
  }
}
