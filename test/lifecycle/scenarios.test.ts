import { lifecycleStage } from "../harness/lifecycle-stage";
import { SCENARIOS } from "../harness/scenarios";

describe("the lifecycle itself", () => {
  test.each(SCENARIOS)("$title", async ({ play }) => {
    const stage = await lifecycleStage();
    await play(stage).finally(() => stage.close());
  });
});
