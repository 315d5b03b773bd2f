import { readFileSync } from "node:fs";
import path from "node:path";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { type AixplainError, SettingsError } from "../../provider/core/errors";
import { Redactor } from "../../provider/core/secret";
import { presentable, REPORT_TO, UnexpectedError } from "../../provider/core/unexpected";

const CANARY = "canary-of-a-key-0123456789";
const redactor = new Redactor([CANARY]);
const shown = (error: unknown): AixplainError => presentable(error, redactor);
const everything = (error: Error): string =>
  [error.message, error.stack, inspect(error, { depth: null, showHidden: true })].join("\n");

describe("an error of this package", () => {
  it("is presented as it is, without secrets", () => {
    const error = new SettingsError(`the key ${CANARY} is wrong`);
    expect(shown(error)).toBe(error);
    expect(error.message).toBe("the key [secret] is wrong");
  });
});

describe("any other error", () => {
  it("is told to be a bug, with what it says, and where to report it", () => {
    const { message } = shown(new TypeError("x is not a function"));
    expect(message).toContain("unexpected error: x is not a function");
    expect(message).toContain(
      `This is a bug of pulumi-aixplain: report it to ${REPORT_TO}, with the stack trace in the diagnostics`,
    );
  });

  it("keeps its stack, and those of its causes and of the errors in it", () => {
    const cause = new RangeError("below", {
      cause: new AggregateError([new Error("one"), new Error("two")]),
    });
    const error = new TypeError("above", { cause });
    const { stack } = shown(error);
    expect(stack).toContain(error.stack);
    expect(stack).toContain(`Caused by: ${cause.stack}`);
    expect(stack).toMatch(/Caused by: Error: one\n[\s\S]*Caused by: Error: two\n/);
  });

  it("has no secret in its message, its stack, its causes, nor in what hung on it", () => {
    const cause = Object.assign(new Error(`below ${CANARY}`), {
      config: { headers: { "x-api-key": CANARY } },
    });
    const error = Object.assign(new TypeError(`above ${CANARY}`, { cause }), { request: CANARY });
    const text = everything(shown(error));
    expect(text).toContain("above [secret]");
    expect(text).toContain("below [secret]");
    expect(text).not.toContain(CANARY);
  });

  it("may be its own cause", () => {
    const error = new Error("round");
    error.cause = error;
    expect(shown(error).stack).toBe(error.stack);
  });

  it("may come from another context, which has a class of its own", () => {
    const error: unknown = runInNewContext('new TypeError("elsewhere")');
    expect(error).not.toBeInstanceOf(Error);
    expect(shown(error).stack).toContain("TypeError: elsewhere\n    at ");
  });

  it.each<[unknown, string]>([
    [`text ${CANARY}`, "text [secret]"],
    [undefined, "undefined"],
    [null, "[object Null]"],
    [Object.create(null), "[object Object]"],
    [Symbol("sign"), "Symbol(sign)"],
    [{ secret: CANARY }, "[object Object]"],
  ])("may be none at all: %p", (thrown, words) => {
    const error = shown(thrown);
    expect(error).toBeInstanceOf(UnexpectedError);
    expect(error.message).toContain(`unexpected error: ${words}. `);
    expect(everything(error)).not.toContain(CANARY);
  });
});

it("a bug is reported where the package says", () => {
  const text = readFileSync(path.join(__dirname, "../../package.json"), "utf8");
  const { bugs } = JSON.parse(text) as { bugs?: { url?: string } };
  expect(REPORT_TO).toBe(bugs?.url ?? "the maintainers of pulumi-aixplain");
});
