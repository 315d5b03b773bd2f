import { checkDeclaration } from "../../provider/core/check";
import { UNKNOWN } from "../../provider/core/unknown";

const NOW = { now: 0 };
const SECRET = "canary-access-key-5d1f09";

const said = (declared: object, context: Parameters<typeof checkDeclaration>[1] = NOW): string => {
  const outcome = checkDeclaration(declared, context);
  return outcome.ok ? "" : outcome.problems.map(({ property, reason }) => `${property} ${reason}`).join("\n");
};

it.each([
  [{ adopt: {}, name: "key" }, "adopt names no key: give id or name"],
  [{ adopt: { id: "k", name: "key" }, name: "key" }, "adopt has both an id and a name: keep one of them"],
  [{ adopt: { name: "bot" } }, 'name is missing: set name: "bot" to keep the name of the adopted key'],
  [{ adopt: { id: "k" } }, "name is missing: set its name to keep the name of the adopted key"],
  [
    { adopt: { id: "k", accessKey: "abcd****wxyz" }, name: "key" },
    "adopt.accessKey is a mask, not the access key",
  ],
  [{ adopt: { id: "", name: null }, name: "key" }, "adopt.id must not be empty"],
  [
    { adopt: { key: "k", id: "k" }, name: "key" },
    "adopt.key is not a property of an adoption (known: id, name, accessKey)",
  ],
])("%j: %s", (declared, words) => {
  expect(said(declared)).toContain(words);
});

it.each([
  { adopt: SECRET },
  { adopt: [SECRET] },
  { adopt: { id: "k", accessKey: ` ${SECRET}` } },
  { adopt: { id: "k", accessKey: `${SECRET}\n` } },
  { adopt: { id: "k", accessKey: { value: SECRET } } },
  { adopt: { id: "k", accessKey: `${SECRET}...` } },
])("a message about a wrong access key never shows it: %#", (declared) => {
  const words = said({ name: "key", ...declared });
  expect(words).toMatch(/^adopt/);
  expect(words).not.toContain("canary");
});

it("an adoption has no effect on a key that is there, and nothing is wrong with it then", () => {
  const previous = { expiresAt: undefined };
  expect(said({ adopt: {} }, { now: 0, previous })).toBe("");
  expect(said({ adopt: { id: UNKNOWN }, name: UNKNOWN })).toBe("");
  expect(said({ adopt: UNKNOWN, name: UNKNOWN })).toBe("");
});
