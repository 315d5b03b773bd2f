import { interrupt, LATENCY_MS, moment, type Outcome } from "./interruption";
import type { withCliProject } from "./project";
import { VICTIMS } from "./running";

const RUNS = Number(process.env.AIXPLAIN_INTERRUPTIONS ?? 4);
const SEED = Number(process.env.AIXPLAIN_INTERRUPTION_SEED ?? Date.now() % 1_000_000);

/** mulberry32: small, good enough, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const line = (
  {
    moment: { update, victim, writes, thenMs },
    struck,
    orphans,
    foreign,
    inTheWay,
    repaired,
    wrong,
  }: Outcome,
  run: number,
): string =>
  `  ${run}: kill -9 of ${victim}${struck ? "" : " (was not there)"} in the ${update} update at ${writes} writes + ${thenMs.toFixed(0)} ms: ` +
  `${orphans} orphans, ${foreign} keys of a colleague${inTheWay ? ", a fixed name in the way" : ""}${repaired ? ", file backend repaired" : ""}${wrong.length > 0 ? ` WRONG: ${wrong.join("; ")}` : ""}`;

export function interruptions(withProject: typeof withCliProject): void {
  const random = seeded(SEED);
  const outcomes: Outcome[] = [];

  afterAll(() => {
    const orphans = outcomes.reduce((sum, outcome) => sum + outcome.orphans, 0);
    const count = (holds: (outcome: Outcome) => boolean): number => outcomes.filter(holds).length;
    const hits = VICTIMS.map(
      (each) => `${each} ${count(({ struck, moment }) => struck && moment.victim === each)}`,
    );
    const foreign = outcomes.reduce((sum, outcome) => sum + outcome.foreign, 0);
    process.stderr.write(
      `\n${outcomes.length} interruptions of seed ${SEED}, ${count(({ struck }) => struck)} hit (${hits.join(", ")}), ` +
        `${count(({ moment }) => moment.update === "second")} of them in the second update; ${orphans} keys that no state knew ` +
        `(none in ${count((outcome) => outcome.orphans === 0)} runs), ${foreign} keys of a colleague; a fixed name in the way ` +
        `${count(({ inTheWay }) => inTheWay)} times, file backend repaired ${count(({ repaired }) => repaired)} times; ` +
        `wrong: ${count(({ wrong }) => wrong.length > 0)}\n`,
    );
  });

  test.each(Array.from({ length: RUNS }, (_, run) => ({ run: run + 1, when: moment(random) })))(
    `leads to the declaration, names every key that no state knows, keeps the colleague's, and leaves no secret on the disk: run $run of seed ${SEED}`,
    async ({ when }) => {
      await withProject(
        async (project) => {
          const outcome = await interrupt(project, when);
          outcomes.push(outcome);
          process.stderr.write(`${line(outcome, outcomes.length)}\n`);
          expect(outcome.wrong).toEqual([]);
        },
        { latencyMs: LATENCY_MS },
      );
    },
    300_000,
  );
}
