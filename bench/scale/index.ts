import { ensurePulumi, type PulumiCli } from "../../tools/pulumi-cli";
import type { Progress } from "../../tools/pulumi-cli/progress";
import type { BenchOptions } from "../options";
import { type LeverResult, measureLevers } from "./levers";
import { measureRound, type Repetitions, type Round } from "./matrix";
import type { Measurement, StateSize } from "./model";
import { measureThrottled, type Throttled } from "./throttle";

export interface ScaleResult {
  readonly pulumi: string;
  readonly measurements: readonly Measurement[];
  readonly states: readonly StateSize[];
  readonly throttled: Throttled;
  readonly levers: readonly LeverResult[];
}

const ONCE: Repetitions = { lives: 1, previews: 1, refreshes: 1 };

/** A small run that is not counted, to fill the caches of the machine. */
const WARM_UP: Round = { keys: 1, checkpoints: true, repetitions: ONCE };

function repetitions(keys: number, checkpoints: boolean, quick: boolean): Repetitions {
  if (quick) return ONCE;
  if (keys <= 100) return { lives: 1, previews: 3, refreshes: 3 };
  // Checkpoints take minutes and hide everything else.
  return { lives: checkpoints ? 1 : 3, previews: 5, refreshes: 9 };
}

function roundsFor({ sizes, quick }: BenchOptions): Round[] {
  return sizes.flatMap((keys) =>
    [true, false].map((checkpoints): Round => {
      return { keys, checkpoints, repetitions: repetitions(keys, checkpoints, quick) };
    }),
  );
}

/** Measures this package, an inert provider and a script on a real engine. */
export async function benchScale(options: BenchOptions, progress: Progress): Promise<ScaleResult> {
  const cli: PulumiCli = await ensurePulumi();
  const measurements: Measurement[] = [];
  const states: StateSize[] = [];
  const warmUp = progress.begin("scale: warming up");
  await measureRound(cli, WARM_UP, warmUp);
  warmUp.done("not counted");
  for (const round of roundsFor(options)) {
    const name = `scale: ${round.keys} keys, checkpoints ${round.checkpoints ? "on" : "off"}`;
    const step = progress.begin(name);
    const result = await measureRound(cli, round, step);
    measurements.push(...result.measurements);
    if (round.checkpoints) states.push(result.state);
    step.done(`${result.measurements.reduce((sum, { runs }) => sum + runs.length, 0)} runs`);
  }
  const keys = options.quick ? 20 : 100;
  const throttling = progress.begin(`scale: ${keys} new keys, 5 calls a second`);
  const throttled = await measureThrottled(cli, keys, 5);
  throttling.done(`${(throttled.wallMs / 1000).toFixed(1)} s`);
  const some = Math.ceil((options.sizes.at(-1) ?? 10) / 4);
  const pulling = progress.begin(`scale: Pulumi's own levers at ${some} keys`);
  const levers = await measureLevers(cli, some, pulling);
  pulling.done(`${levers.length} levers`);
  return { pulumi: cli.version, measurements, states, throttled, levers };
}
