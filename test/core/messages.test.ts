// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the sources of messages have templates
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { explained, isNoMessage, NOT_MESSAGES, refreshed, sourceMessages } from "./messages/messages-page";
import { messagesOf } from "./messages/source-messages";

const ROOT = resolve(__dirname, "../..");
const page = readFileSync(resolve(ROOT, "docs/messages.md"), "utf8");
const messages = sourceMessages(ROOT);
const said = messages.filter(({ id }) => !isNoMessage(id));

describe("docs/messages.md", () => {
  test("explains every message of the provider, the command and the policies", () => {
    const rows = new Set(explained(page));
    const missing = said
      .filter(({ id }) => !rows.has(id))
      .map(({ id, file, line, pattern }) => `${file}:${line}: ${pattern} (add the id "${id}" to a row)`);
    expect(missing).toEqual([]);
  });

  test("explains each once, and none that is not in the code any more", () => {
    const rows = explained(page);
    expect(rows.filter((id, index) => rows.indexOf(id) !== index)).toEqual([]);
    const known = new Set(said.map(({ id }) => id));
    expect(rows.filter((id) => !known.has(id))).toEqual([]);
  });

  test("quotes them as they are (npm run pages writes the quotes anew)", () => {
    expect(refreshed(page, messages)).toBe(page);
  });

  test("gives a cause and a next step in every row", () => {
    const rows = page.split(/^<!-- (?:provider|policies)\/.*$/m).slice(1);
    expect(rows.length).toBeGreaterThan(100);
    const incomplete = rows.filter((row) => !/^\*\*Cause:\*\* \S[\s\S]*?^\*\*Next step:\*\* \S/m.test(row));
    expect(incomplete).toEqual([]);
  });
});

test("what is left out with a reason is in the code", () => {
  const stale = Object.keys(NOT_MESSAGES).filter(
    (each) => !messages.some(({ id }) => `${id} `.startsWith(`${each} `)),
  );
  expect(stale).toEqual([]);
});

describe("a message in the code is found", () => {
  const found = (source: string): string[] => messagesOf("a.ts", source).map(({ pattern }) => pattern);

  it.each([
    ["of an error", 'throw new NoKeyError("there is no key");', "there is no key"],
    [
      "with values",
      "fail(`the key ${JSON.stringify(key.name)} has ${count}`);",
      'the key "<name>" has <count>',
    ],
    ["of pieces", 'fail("there is no " + "key");', "there is no key"],
    ["with a condition", 'fail(`no key${found ? " of yours" : ""}`);', "no key[ of yours]"],
    ["with a constant", 'const way = "run it again"; fail(`it failed: ${way}`);', "it failed: run it again"],
    ["as a reason", 'const problem = { property, reason: "is not a date" };', "is not a date"],
    ["in a table", 'const TEXTS = { zero: "a limit is zero" };', "a limit is zero"],
    ["for a function of any name", 'anything?.("there is no key");', "there is no key"],
  ])("%s", (_, source, pattern) => {
    expect(found(source)).toEqual([pattern]);
  });

  it("each of a condition between whole messages", () => {
    expect(found('fail(x ? "it is too long" : "it is too short");')).toEqual([
      "it is too long",
      "it is too short",
    ]);
  });

  it("and keeps its id when it is reworded", () => {
    const ids = (text: string) =>
      messagesOf("a.ts", `function f() { fail("one thing"); fail("${text}"); }`).map(({ id }) => id);
    expect(ids("another thing")).toEqual(["a.ts f", "a.ts f 2"]);
    expect(ids("something else")).toEqual(ids("another thing"));
  });

  it.each([
    ["descriptions", 'const p = { summary: "the name of a key" };'],
    ["help of the command", 'new Command("x").description("does a thing");'],
    ["types and imports", 'import x from "a b"; type Y = "one two";'],
    ["single words", 'fail("failed");'],
  ])("and nothing else is: %s", (_, source) => {
    expect(found(source)).toEqual([]);
  });
});
