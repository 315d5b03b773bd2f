import { runInNewContext } from "node:vm";
import { AixplainError, DeclarationError, SettingsError } from "../../provider/core/errors";
import { propertyPath } from "../../provider/core/property-path";
import { isPlainObject, kind, show } from "../../provider/core/quote";

describe("the errors of this package", () => {
  it("can be told apart by class and by name, and are all of one family", () => {
    const errors = [new AixplainError("a"), new SettingsError("b"), new DeclarationError([])];
    expect(errors.map(({ name }) => name)).toEqual(["AixplainError", "SettingsError", "DeclarationError"]);
    for (const error of errors) expect(error).toBeInstanceOf(AixplainError);
  });

  it("about a declaration name every problem, one on a line", () => {
    const problems = [
      { property: "budget", reason: "must be 0 or more" },
      { property: "assetLimits[1].model", reason: "is missing" },
    ];
    const error = new DeclarationError(problems);
    expect(error.message).toBe("budget: must be 0 or more\nassetLimits[1].model: is missing");
    expect(error.problems).toEqual(problems);
  });
});

it("a property path is written as Pulumi writes it", () => {
  expect(propertyPath(["assetLimits", 1, "tokensPerDay"])).toBe("assetLimits[1].tokensPerDay");
  expect(propertyPath(["budget"])).toBe("budget");
  expect(propertyPath([])).toBe("");
});

describe("a value that a message quotes", () => {
  it.each<[unknown, string]>([
    ['say "hi"\n', '"say \\"hi\\"\\n"'],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
    [undefined, "undefined"],
    [null, "null"],
    [{ a: [1] }, '{"a":[1]}'],
    [{ n: 5n, f: () => 1, s: Symbol("s") }, '{"n":"5n","f":"a function","s":"a symbol"}'],
    ["x".repeat(58), `"${"x".repeat(58)}"`],
    ["x".repeat(59), `"${"x".repeat(55)}..."`],
  ])("is JSON, and cut short where it is long: %j", (value, shown) => {
    expect(show(value)).toBe(shown);
  });
});

describe("a value that JSON cannot write", () => {
  it("is named by its kind", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const failing = {
      toJSON: () => {
        throw new Error("no");
      },
    };
    expect([circle, failing].map(show)).toEqual(["[Object]", "[Object]"]);
    expect(kind(Object.create(new (class extends Map {})()))).toBe("an object");
    expect([1n, Symbol("s"), () => 1, new Map(), new Error("x")].map(kind)).toEqual([
      "the bigint 1n",
      "a symbol",
      "a function",
      "a Map",
      "an Error",
    ]);
  });
});

it("a plain object is one that a literal makes, in any realm, and no instance", () => {
  const elsewhere: unknown = runInNewContext("({ tokensPerDay: 5 })");
  expect([{}, Object.create(null), elsewhere].map(isPlainObject)).toEqual([true, true, true]);
  for (const other of [[], new Map(), new Date(0), Object.create({}), () => ({}), null, "x", 7]) {
    expect(isPlainObject(other)).toBe(false);
  }
});
