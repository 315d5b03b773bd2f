import { HostProcess } from "../harness/host-process";
import { hostStage } from "../harness/host-stage";
import { lifecycleStage } from "../harness/lifecycle-stage";
import { SCENARIOS } from "../harness/scenarios";
import { recorded } from "../harness/transcript";

let host: HostProcess;
beforeAll(async () => {
  host = await HostProcess.start();
});
afterAll(() => host.stop());

describe("the dynamic provider host gives the answers of the lifecycle", () => {
  test.each(SCENARIOS)("$title", async ({ play }) => {
    const direct = recorded(await lifecycleStage());
    const hosted = recorded(await hostStage(host));
    try {
      await play(direct.stage);
      await play(hosted.stage);
    } finally {
      await Promise.all([direct.stage.close(), hosted.stage.close()]);
    }
    expect(direct.entries.length).toBeGreaterThan(0);
    expect(hosted.entries).toEqual(direct.entries);
  });
});
