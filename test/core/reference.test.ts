import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { documentation, propertyFacts } from "../../provider/core/documentation";
import { FUNCTIONS } from "../../provider/core/functions";
import { SETTINGS } from "../../provider/plugin/config";
import { outputsOf } from "./reference/outputs";
import { referencePage } from "./reference/reference-page";

const ROOT = resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(resolve(ROOT, file), "utf8");
const page = read("docs/reference.md");

describe("docs/reference.md", () => {
  test("is what the descriptors, the functions and the classes say (npm run pages writes it anew)", () => {
    expect(referencePage(page, ROOT)).toBe(page);
  });

  test("has unit, range, default, example and the effect of a change of every property", () => {
    const facts = propertyFacts();
    for (const { path, unit, example } of documentation()) {
      const { range, absent } = facts.get(path) ?? {};
      expect(page).toContain(absent);
      expect(page).toContain(`\`${path.split(".").at(-1)}\``);
      expect(page).toContain(unit ?? "");
      expect(page).toContain(range ?? "");
      expect(page).toContain(`\`${typeof example === "object" ? "" : JSON.stringify(example)}`);
    }
    expect(page.match(/\| range \| left out \| example \| a change \|/g)).toHaveLength(
      documentation().filter(({ path }) => !path.includes(".")).length,
    );
    expect(page).toContain("another text: a new key");
  });

  test("has every output of both doors and every function", () => {
    const outputs = outputsOf(ROOT, "provider/program/api-key.ts", "ApiKey");
    expect(outputs.length).toBeGreaterThan(10);
    for (const { name } of outputs) expect(page).toContain(`| \`${name}\` |`);
    for (const name of Object.keys(FUNCTIONS)) expect(page).toContain(`#### \`${name}\``);
  });

  test("has every setting, in the stack and in the environment", () => {
    const names = [...read("provider/settings.ts").matchAll(/config\("(aixplain:\w+)"\)/g)].map(
      ([, name]) => name,
    );
    const variables = [...read("provider/settings.ts").matchAll(/\benv\.([A-Z_]+)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(9);
    for (const name of [...names, ...variables]) expect(page).toContain(`\`${name}\``);
    const ofTheStack = Object.keys(SETTINGS).filter((name) => name !== "apiKeyEnv");
    for (const name of ofTheStack) expect(page).toContain(`\`aixplain:${name}\``);
  });
});
