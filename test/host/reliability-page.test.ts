import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CLI_FAULTS } from "../cli/fault-rows";
import { FAULT_MATRIX } from "./fault-matrix";
import { reliabilityPage } from "./reliability-page";

describe("docs/reliability.md", () => {
  test("is what the fault matrix says (npx tsx test/host/write-reliability-page.ts writes it anew)", () => {
    expect(readFileSync(resolve(__dirname, "../../docs/reliability.md"), "utf8")).toBe(reliabilityPage());
  });

  test("has at least 45 rows, for every verb of the engine, each with a number of its own", () => {
    expect(FAULT_MATRIX.length).toBeGreaterThanOrEqual(45);
    expect(new Set(FAULT_MATRIX.map(({ verb }) => verb)).size).toBe(6);
    expect(new Set(FAULT_MATRIX.map(({ number }) => number)).size).toBe(FAULT_MATRIX.length);
  });

  test("has at least 10 rows for the real CLI, and a test for each of them", () => {
    expect(CLI_FAULTS.length).toBeGreaterThanOrEqual(10);
    const tests = readFileSync(resolve(__dirname, "../cli/faults.test.ts"), "utf8");
    // In a title, or in the table that a title is made of.
    expect(CLI_FAULTS.filter(({ number }) => !new RegExp(`"${number}"|\\b${number}: `).test(tests))).toEqual(
      [],
    );
  });
});
