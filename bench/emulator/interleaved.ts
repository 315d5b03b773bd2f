import { median } from "../statistics";

export interface Contestant {
  readonly name: string;
  /** Awaited if it is asynchronous. */
  readonly once: () => unknown;
}

/** In milliseconds. */
const TURN_MS = 40;
const WARM_UP_ROUNDS = 3;

/** The median time per contestant in nanoseconds, measured in turns. */
export async function interleaved(
  contestants: readonly Contestant[],
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    for (const { name, once } of contestants) {
      const nanos = await turn(once);
      if (round >= 0) times.get(name)?.push(nanos);
    }
  }
  return new Map([...times].map(([name, each]) => [name, median(each)]));
}

/** Batches keep the clock out of the measurement. */
async function turn(once: () => unknown): Promise<number> {
  const BATCH = 100;
  const started = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < TURN_MS) {
    for (let index = 0; index < BATCH; index += 1) {
      const result = once();
      if (result instanceof Promise) await result;
    }
    done += BATCH;
    elapsed = performance.now() - started;
  }
  return (elapsed * 1e6) / done;
}
