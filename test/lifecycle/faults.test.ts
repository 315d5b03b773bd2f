import { lifecycleStage } from "../harness/lifecycle-stage";
import { judge } from "../host/fault-judge";
import { FAULT_MATRIX } from "../host/fault-matrix";
import { playRow } from "../host/fault-play";

/** The rows of the fault matrix that need no process of their own, without waiting: the same answers as in the host. */
const ROWS = FAULT_MATRIX.filter(({ hostOnly, hurried }) => !hostOnly && !hurried);

describe("the lifecycle itself, where", () => {
  test.each(ROWS)("$number: $verb, $fault", async (row) => playRow(row, await lifecycleStage(), judge));
});
