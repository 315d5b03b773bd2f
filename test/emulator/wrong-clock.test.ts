import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NOON, type Rehearsal, rehearse } from "./rehearsal";

const YEARS = 4 * 365 * 86_400_000;
const DAY = 86_400_000;
const oneEach = { globalLimits: { rpm: 1, rpd: 1 } };

let it_: Rehearsal;
let time: number;
beforeEach(() => {
  time = NOON;
});
afterEach(() => it_.close());

describe("counters of a time in the future do not block a key", () => {
  test.each([
    ["a system clock that was years ahead", YEARS],
    ["a system clock that was a day ahead", DAY],
  ])("%s", async (_what, ahead) => {
    it_ = await rehearse({ clock: { now: () => time } });
    const { accessKey, id } = await it_.newKey("k", oneEach);
    time = NOON + ahead;
    expect([(await it_.run(accessKey)).status, (await it_.run(accessKey)).status]).toEqual([200, 429]);
    time = NOON;
    expect([(await it_.run(accessKey)).status, (await it_.run(accessKey)).status]).toEqual([200, 429]);
    expect((await it_.usage(id))[0]?.requestCount).toBe(1);
  });

  test("a snapshot that was taken years ahead", async () => {
    it_ = await rehearse();
    const { accessKey } = await it_.newKey("k", oneEach);
    it_.controls.clock.set(NOON + YEARS);
    await it_.run(accessKey);
    const snapshot = it_.controls.snapshot();
    it_.controls.reset();
    it_.controls.restore(snapshot);
    expect([(await it_.run(accessKey)).status, (await it_.run(accessKey)).status]).toEqual([200, 429]);
  });

  test("a snapshot that was taken half a minute ahead", async () => {
    it_ = await rehearse();
    const { accessKey } = await it_.newKey("k", { globalLimits: { rpm: 1 } });
    it_.controls.clock.set(NOON + 90_000);
    await it_.run(accessKey);
    const snapshot = it_.controls.snapshot();
    it_.controls.reset();
    it_.controls.clock.set(NOON + 59_000);
    it_.controls.restore(snapshot);
    expect([(await it_.run(accessKey)).status, (await it_.run(accessKey)).status]).toEqual([200, 429]);
  });

  test("data that were kept while a test's clock was years ahead", async () => {
    const data = mkdtempSync(join(tmpdir(), "emulator-ahead-"));
    try {
      const ahead = await rehearse({ data });
      ahead.controls.clock.set(NOON + YEARS);
      const { accessKey } = await ahead.newKey("k", oneEach);
      expect((await ahead.run(accessKey)).status).toBe(200);
      await ahead.close();
      it_ = await rehearse({ data });
      expect([(await it_.run(accessKey)).status, (await it_.run(accessKey)).status]).toEqual([200, 429]);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
});
