import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../tools/pulumi-cli/process";
import { type LifecycleStage, lifecycleStage } from "../../harness/lifecycle-stage";
import { BREACHES, RULES } from "./rules";
import { Year } from "./year";
import { PAGE, yearPage } from "./year-page";

const ROOT = join(__dirname, "../../..");

describe("a year of daily runs, with everything that can come between,", () => {
  let stage: LifecycleStage;
  beforeAll(async () => {
    stage = await lifecycleStage({ checkAnswers: false });
  });
  afterAll(() => stage.close());

  test("keeps every rule of the contract", async () => {
    const year = await new Year(stage, RULES).live();
    expect(year.violations).toEqual([]);
    expect(year.runs).toBeGreaterThan(300);
    expect(year.calls).toBeGreaterThan(4_000);
    expect(yearPage(year)).toBe(readFileSync(PAGE, "utf8"));
  });

  test.each([
    ["America/Los_Angeles", 480],
    ["Asia/Kathmandu", -345],
    ["Pacific/Kiritimati", -840],
  ])("is the same where the machine is in %s", async (TZ, minutesBehind) => {
    const script = join(__dirname, "write-year-page.ts");
    const told = await run(join(ROOT, "node_modules/.bin/tsx"), [script, "--print"], {
      cwd: ROOT,
      env: { ...process.env, TZ },
    });
    expect(told.stdout).toBe(`${minutesBehind} minutes behind UTC\n${readFileSync(PAGE, "utf8")}`);
  });

  test.each(BREACHES)("with rule %s broken (%s) is noticed", async (rule, _, change) => {
    const { violations } = await new Year(stage, { ...RULES, ...change }, rule).live();
    expect(violations.map((each) => each.rule)).toContain(rule);
  });
});
