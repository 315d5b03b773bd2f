import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { countTokens as reference } from "gpt-tokenizer/encoding/o200k_base";
import { countTokens } from "../../emulator/src/runs/tokenizer";

const plain = { disallowedSpecial: new Set<string>() };
const expected = (text: string): number => reference(text, plain);
const SHORT = 200;
const MARK = "\uFEFF";

test("counts what the library counts, whatever the text", () => {
  const text = fc.oneof(
    fc.string({ maxLength: SHORT }),
    fc.string({ unit: "binary", maxLength: SHORT }),
    fc.string({ unit: "grapheme", maxLength: SHORT / 4 }),
    fc.string({
      unit: fc.constantFrom(
        "a",
        "A",
        " ",
        "  ",
        "'s",
        "\n",
        "\r",
        "1",
        "漢",
        "é",
        "\u0301",
        "!",
        "/",
        "ß",
        "🙂",
      ),
      maxLength: 60,
    }),
    fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      maxLength: SHORT,
    }),
  );
  const unmarked = text.map((some) => some.replaceAll(MARK, ""));
  fc.assert(
    fc.property(unmarked, (some) => {
      expect(countTokens(some)).toBe(expected(some));
    }),
    { numRuns: 2_000 },
  );
});

test("a byte order mark is one token, as in the vocabulary: the library decodes it away and finds two", () => {
  expect(countTokens(MARK)).toBe(1);
  expect(countTokens(`${MARK}using`)).toBe(1);
  expect(expected(MARK)).toBe(2);
});

test("counts what the library counts in prose, code, JSON and a language without spaces", () => {
  const root = join(__dirname, "../..");
  const texts = [
    "README.md",
    "docs/emulator.md",
    "package.json",
    "emulator/src/account/ledger.ts",
    "emulator/page/page.css",
  ]
    .map((file) => readFileSync(join(root, file), "utf8"))
    .filter((text) => !/\S{257}|\s{257}/.test(text));
  expect(texts.length).toBeGreaterThan(3);
  for (const text of [...texts, `!${"/\n".repeat(500)}`, "吾輩は猫である。名前はまだ無い。".repeat(9)]) {
    expect(countTokens(text)).toBe(expected(text));
  }
});

test("every token of the vocabulary that is a text by itself counts as the library counts it", () => {
  const { default: tokens } = jest.requireActual<{ default: (string | number[])[] }>(
    "gpt-tokenizer/cjs/bpeRanks/o200k_base",
  );
  const texts = tokens.filter((token): token is string => typeof token === "string" && token.length <= SHORT);
  const wrong = texts.filter((text, rank) => rank % 7 === 0 && countTokens(text) !== expected(text));
  expect(texts.length).toBeGreaterThan(190_000);
  expect(wrong).toEqual([]);
});
