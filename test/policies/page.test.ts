import { readFileSync } from "node:fs";
import { join } from "node:path";
import { aixplainPolicies } from "../../policies/src";

const page = readFileSync(join(__dirname, "..", "..", "docs", "policies.md"), "utf8");

describe("docs/policies.md", () => {
  test.each(aixplainPolicies())(
    "has the row of $name, with its level, its severity and its settings",
    (policy) => {
      const row = page.split("\n").find((line) => line.startsWith(`| \`${policy.name}\` |`)) ?? "";
      const [, , , level, severity, settings = ""] = row.split("|").map((cell) => cell.trim());
      expect({ level, severity }).toEqual({ level: policy.enforcementLevel, severity: policy.severity });
      for (const [name, { default: value }] of Object.entries(policy.configSchema?.properties ?? {})) {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const shown = value === undefined ? `\`${name}\`: ` : `\`${name}\` (\`${text}\`): `;
        expect(settings).toContain(shown);
      }
    },
  );
});
