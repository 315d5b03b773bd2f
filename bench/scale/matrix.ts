import type { PulumiCli } from "../../tools/pulumi-cli";
import type { Step } from "../../tools/pulumi-cli/progress";
import { type TemporaryBackend, withTemporaryBackend } from "../../tools/pulumi-cli/temporary-backend";
import { EmulatorProcess } from "../emulator-process";
import { BenchError } from "../errors";
import {
  type Measurement,
  OPERATIONS,
  type Operation,
  type Run,
  type Setting,
  type StateSize,
} from "./model";
import { ScriptClient } from "./script-client";
import { BenchStack } from "./stack";
import { stateSize } from "./state-size";

export interface Round {
  readonly keys: number;
  readonly checkpoints: boolean;
  readonly repetitions: Repetitions;
}

/** How often an operation is measured. */
export interface Repetitions {
  /** Creates and destroys. The other operations are measured in the first life. */
  readonly lives: number;
  readonly previews: number;
  readonly refreshes: number;
}

export interface RoundResult {
  readonly measurements: readonly Measurement[];
  readonly state: StateSize;
}

const LATENCIES = [0, 50];

function schedule({ lives, previews, refreshes }: Repetitions): Operation[] {
  const times: Partial<Record<Operation, number>> = { "no-op preview": previews, refresh: refreshes };
  const first = OPERATIONS.flatMap((each) => Array<Operation>(times[each] ?? 1).fill(each));
  const further = Array<Operation[]>(lives - 1).fill(["create", "destroy"]);
  return [...first, ...further.flat()];
}

interface Competitor {
  readonly setting: Setting;
  readonly name: string;
  readonly runs: Map<Operation, Run[]>;
}

type Runner = Pick<BenchStack, "run">;

/** The competitors take turns at every operation, in a rotating order, so that noise of the machine affects all. */
export async function measureRound(cli: PulumiCli, round: Round, step: Step): Promise<RoundResult> {
  const competitors = settingsOf(round).map((setting, index): Competitor => {
    const name = `${setting.subject}-${index}`;
    return { setting, name, runs: new Map(OPERATIONS.map((each) => [each, []])) };
  });
  const state = await withTemporaryBackend(cli, (backend) => live(competitors, backend, round, step.detail));
  const measurements = competitors.flatMap(({ setting, runs }) =>
    [...runs].map(([operation, each]): Measurement => ({ ...setting, operation, runs: each })),
  );
  return { measurements, state };
}

function settingsOf({ keys, checkpoints }: Round): Setting[] {
  const at =
    (subject: Setting["subject"]) =>
    (latencyMs: number): Setting => ({
      keys,
      subject,
      latencyMs,
      checkpoints,
    });
  // A script has no checkpoints.
  const scripts = checkpoints ? LATENCIES.map(at("script")) : [];
  return [...LATENCIES.map(at("aixplain")), at("inert")(0), ...scripts];
}

async function live(
  competitors: readonly Competitor[],
  backend: TemporaryBackend,
  { keys, repetitions }: Round,
  progress: (text: string) => void,
): Promise<StateSize> {
  const emulators: EmulatorProcess[] = [];
  const runners = new Map<Competitor, Runner>();
  let state: StateSize | undefined;
  try {
    for (const competitor of competitors) {
      runners.set(competitor, await enter(competitor, backend, emulators));
    }
    const operations = schedule(repetitions);
    for (const [index, operation] of operations.entries()) {
      for (const competitor of turned(competitors, index + 1)) {
        const runs = competitor.runs.get(operation);
        // Sequential calls take a constant time.
        if (competitor.setting.subject === "script" && runs?.length === 1) continue;
        progress(`${operation}, ${index + 1} of ${operations.length}, ${describe(competitor.setting)}`);
        const run = await runners.get(competitor)?.run(operation);
        if (run) runs?.push(run);
      }
      const [ours] = competitors;
      const stack = ours && runners.get(ours);
      if (operation === "create" && stack instanceof BenchStack) state = stateSize(stack.stateFile(), keys);
    }
  } finally {
    await Promise.all(emulators.map((emulator) => emulator.stop()));
  }
  if (state === undefined) throw new BenchError("no stack of this package took part");
  return state;
}

async function enter(
  { setting, name }: Competitor,
  backend: TemporaryBackend,
  emulators: EmulatorProcess[],
): Promise<Runner> {
  const start = async (): Promise<EmulatorProcess> => {
    const emulator = await EmulatorProcess.start({ latencyMs: setting.latencyMs });
    emulators.push(emulator);
    return emulator;
  };
  if (setting.subject === "script") return new ScriptClient(await start(), setting.keys);
  const emulator = setting.subject === "aixplain" ? await start() : undefined;
  const stack = new BenchStack(name, { setting, backend, emulator });
  await stack.init();
  return stack;
}

const turned = <T>(list: readonly T[], by: number): T[] =>
  list.map((_, index) => list[(index + by) % list.length] as T);

const describe = ({ subject, latencyMs }: Setting): string =>
  subject === "inert" ? "the inert provider" : `${subject} at ${latencyMs} ms`;
