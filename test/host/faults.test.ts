import { hostStage } from "../harness/host-stage";
import { judge } from "./fault-judge";
import { FAULT_MATRIX } from "./fault-matrix";
import { playRow } from "./fault-play";
import { HostPool } from "./host-pool";

const hosts = new HostPool(4);
/** For the rows about time-outs. */
const hurried = new HostPool(1, { env: { AIXPLAIN_TIMEOUT_SECONDS: "0.6" } });
afterAll(() => Promise.all([hosts.stop(), hurried.stop()]));

describe("the real dynamic provider host, where", () => {
  test.concurrent.each(FAULT_MATRIX)("$number: $verb, $fault", async (row) => {
    await (row.hurried ? hurried : hosts).use(async (host) => playRow(row, await hostStage(host), judge));
  });
});
