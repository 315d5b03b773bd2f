import { ensurePulumi } from "../../tools/pulumi-cli";
import type { Progress } from "../../tools/pulumi-cli/progress";
import { withTemporaryBackend } from "../../tools/pulumi-cli/temporary-backend";
import { EmulatorProcess } from "../emulator-process";
import type { BenchOptions } from "../options";
import { OPERATIONS, type Operation } from "../scale/model";
import { BenchStack } from "../scale/stack";

export const DOORS = ["aixplain", "plugin"] as const;
export type Door = (typeof DOORS)[number];

export interface DoorMeasurement {
  readonly door: Door;
  readonly operation: Operation;
  /** In milliseconds. */
  readonly wallMs: readonly number[];
}

export interface DoorResult {
  readonly pulumi: string;
  readonly keys: number;
  readonly measurements: readonly DoorMeasurement[];
  readonly stateBytes: Readonly<Record<Door, number>>;
}

const life = (times: number): Operation[] =>
  OPERATIONS.flatMap((each) =>
    Array<Operation>(each === "create" || each === "destroy" ? 1 : times).fill(each),
  );

/** The dynamic provider and the plugin, in turns. */
export async function benchDoors({ quick }: BenchOptions, progress: Progress): Promise<DoorResult> {
  const keys = quick ? 20 : 100;
  const lives = quick ? 1 : 3;
  const cli = await ensurePulumi();
  const step = progress.begin(`doors: ${keys} keys through the dynamic provider and through the plugin`);
  const wallMs = new Map<string, number[]>();
  const stateBytes = { aixplain: 0, plugin: 0 };
  const emulators = await Promise.all(DOORS.map(() => EmulatorProcess.start({ latencyMs: 0 })));
  try {
    await withTemporaryBackend(cli, async (backend) => {
      const stacks = DOORS.map((door, index) => {
        const setting = { keys, subject: door, latencyMs: 0, checkpoints: true } as const;
        return {
          door,
          stack: new BenchStack(`door-${door}`, { setting, backend, emulator: emulators[index] }),
        };
      });
      for (const { stack } of stacks) await stack.init();
      const operations = Array.from({ length: lives }, () => life(quick ? 1 : 3)).flat();
      for (const [index, operation] of operations.entries()) {
        for (const { door, stack } of index % 2 === 0 ? stacks : [...stacks].reverse()) {
          step.detail(`${operation}, ${index + 1} of ${operations.length}, ${door}`);
          const run = await stack.run(operation);
          const name = `${door} ${operation}`;
          wallMs.set(name, [...(wallMs.get(name) ?? []), run.wallMs]);
          if (operation === "create") stateBytes[door] = Buffer.byteLength(stack.stateFile());
        }
      }
    });
  } finally {
    await Promise.all(emulators.map((emulator) => emulator.stop()));
  }
  step.done(`${lives} lives`);
  const measurements = DOORS.flatMap((door) =>
    OPERATIONS.map((operation) => ({ door, operation, wallMs: wallMs.get(`${door} ${operation}`) ?? [] })),
  );
  return { pulumi: cli.version, keys, measurements, stateBytes };
}
