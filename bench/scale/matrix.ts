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

/** Everything that is measured side by side: the same number of keys, with the engine's checkpoints or without. */
export interface Round {
  readonly keys: number;
  readonly checkpoints: boolean;
  /** How often what leaves everything as it was is repeated within one life. */
  readonly repetitions: number;
}

export interface RoundResult {
  readonly measurements: readonly Measurement[];
  readonly state: StateSize;
}

const LATENCIES = [0, 50];
const REPEATABLE: ReadonlySet<Operation> = new Set(["no-op preview", "refresh"]);

/** One setting under way, with what it has taken so far. */
interface Competitor {
  readonly setting: Setting;
  readonly name: string;
  readonly runs: Map<Operation, Run[]>;
}

type Runner = Pick<BenchStack, "run">;

/**
 * Measures one round. The competitors take turns at every single operation, in an order that turns as well: what the
 * machine does meanwhile strikes all of them alike.
 */
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
  // A script knows nothing of checkpoints, so once is enough.
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
    let turn = 0;
    for (const operation of OPERATIONS) {
      const times = REPEATABLE.has(operation) ? repetitions : 1;
      for (let time = 1; time <= times; time += 1) {
        turn += 1;
        for (const competitor of turned(competitors, turn)) {
          // One call after the other takes its time, and always the same.
          if (competitor.setting.subject === "script" && time > 1) continue;
          progress(`${operation} ${time} of ${times}, ${describe(competitor.setting)}`);
          const run = await runners.get(competitor)?.run(operation);
          if (run) competitor.runs.get(operation)?.push(run);
        }
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
