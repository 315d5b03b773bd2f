import type { PulumiCli } from "../../tools/pulumi-cli";
import type { Progress } from "../../tools/pulumi-cli/progress";
import { type StorageCounts, withSharedBackend } from "../../tools/shared-backend";
import { Account } from "./account";
import { type Agreement, agreement, keysOf } from "./agreement";
import type { CallCounts } from "./call-tally";
import { Stacks, type StackTime } from "./stacks";

export interface FleetSetting {
  readonly stacks: number;
  readonly runners: number;
  readonly keysPerStack: number;
  /** Calls a second that the platform allows the account. */
  readonly perSecond: number;
  /** Whether the engine writes the state after every step. */
  readonly checkpoints: boolean;
}

export const OPERATIONS = ["create", "no-op preview", "one-key change"] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface Phase {
  readonly operation: Operation;
  readonly wallMs: number;
  readonly calls: CallCounts;
  readonly storage: StorageCounts;
  readonly stacks: readonly StackTime[];
}

export interface FleetRun extends FleetSetting {
  readonly phases: readonly Phase[];
  readonly agreement: Agreement;
  readonly list: { readonly bytes: number; readonly ms: number };
  readonly stateBytes: number;
  /** The result of creating a key above the account's maximum. */
  readonly overfull: { readonly code: number; readonly message: string };
}

const COMMANDS: Readonly<Record<Operation, readonly string[]>> = {
  create: ["up", "--yes", "--skip-preview"],
  "no-op preview": ["preview", "--expect-no-changes"],
  "one-key change": ["up", "--yes", "--skip-preview"],
};

const NO_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

const describe = ({ stacks, runners, keysPerStack, checkpoints }: FleetSetting): string =>
  `${stacks} ${stacks === 1 ? "stack" : "stacks"} of ${keysPerStack} keys, ${runners} at a time, checkpoints ${checkpoints ? "on" : "off"}`;

/** Applies a fleet of stacks with a new backend and one new account. */
export async function measureFleet(
  cli: PulumiCli,
  gateway: string,
  setting: FleetSetting,
  progress: Progress,
): Promise<FleetRun> {
  const { stacks, runners, keysPerStack, perSecond, checkpoints } = setting;
  const account = await Account.start({ perSecond, maxKeys: stacks * keysPerStack });
  try {
    return await withSharedBackend(cli, gateway, async ({ server, runner }) => {
      const names = Array.from({ length: stacks }, (_, index) => `team-${String(index).padStart(2, "0")}`);
      const machines = Array.from({ length: runners }, (_, index) =>
        runner(`runner-${index}`, { ...account.env, ...(checkpoints ? {} : NO_CHECKPOINTS) }),
      );
      const fleet = new Stacks(names, machines, keysPerStack);
      await fleet.init();
      const phases: Phase[] = [];
      for (const operation of OPERATIONS) {
        const step = progress.begin(`fleet: ${describe(setting)}: ${operation}`);
        account.takeCalls();
        server.tally.take();
        const started = performance.now();
        const env = { BENCH_CHANGED: String(operation === "one-key change") };
        const times = await fleet.each(COMMANDS[operation], step, env);
        const wallMs = performance.now() - started;
        const calls = account.takeCalls();
        phases.push({ operation, wallMs, calls, storage: server.tally.take(), stacks: times });
        step.done(`${calls.refused} refusals`);
      }
      const { code, stdout, stderr } = await fleet.oneMore();
      const states = await fleet.states();
      const { keys, bytes, ms } = await account.list();
      return {
        ...setting,
        phases,
        agreement: agreement(keys, states.flatMap(keysOf)),
        list: { bytes, ms },
        overfull: { code, message: firstError(`${stdout}\n${stderr}`) },
        stateBytes: Math.max(...states.map((state) => Buffer.byteLength(state))),
      };
    });
  } finally {
    await account.close();
  }
}

const firstError = (text: string): string =>
  text
    .split("\n")
    .find((line) => /error:/i.test(line))
    ?.trim() ?? "no error";
