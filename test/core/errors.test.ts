import { AixplainError, DeclarationError, SettingsError } from "../../provider/core/errors";
import { propertyPath } from "../../provider/core/path";
import { show } from "../../provider/core/quote";

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
    ["x".repeat(58), `"${"x".repeat(58)}"`],
    ["x".repeat(59), `"${"x".repeat(55)}..."`],
  ])("is JSON, and cut short where it is long: %j", (value, shown) => {
    expect(show(value)).toBe(shown);
  });
});
