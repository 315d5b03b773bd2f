import fc from "fast-check";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { COMMANDS } from "./model/commands";
import { World } from "./model/world";

/** More on request: `SEQUENCES=50000 SEED=1 npx jest --selectProjects lifecycle -t "any sequence"`. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 2_000);
const SEED = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) };

describe("whatever happens to a key in its life", () => {
  let stage: LifecycleStage;
  beforeAll(async () => {
    stage = await lifecycleStage({ checkAnswers: false });
  });
  afterAll(() => stage.close());

  test(
    "any sequence leaves one living key, keeps its access key, converges, and names every key that is left behind",
    async () => {
      const sequences = fc.commands(COMMANDS, { maxCommands: 12, size: "medium" });
      let commands = 0;
      await fc.assert(
        fc.asyncProperty(sequences, async (sequence) => {
          const setup = async () => ({ model: {}, real: await World.begin(stage) });
          await fc.asyncModelRun(setup, sequence);
          commands += [...sequence].length;
        }),
        { numRuns: SEQUENCES, ...SEED },
      );
      expect(commands).toBeGreaterThan(SEQUENCES);
    },
    SEQUENCES * 200 + 60_000,
  );
});
