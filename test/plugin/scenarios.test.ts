import { lifecycleStage } from "../harness/lifecycle-stage";
import { pluginStage } from "../harness/plugin-stage";
import { SCENARIOS } from "../harness/scenarios";
import { recorded } from "../harness/transcript";

describe("the native plugin gives the answers of the lifecycle", () => {
  test.each(SCENARIOS)("$title", async ({ play }) => {
    const direct = recorded(await lifecycleStage());
    const plugged = recorded(await pluginStage());
    try {
      await play(direct.stage);
      await play(plugged.stage);
    } finally {
      await Promise.all([direct.stage.close(), plugged.stage.close()]);
    }
    expect(direct.entries.length).toBeGreaterThan(0);
    expect(plugged.entries).toEqual(direct.entries);
  });
});
