import { argumentProblems, FUNCTIONS, type FunctionName, tokenOf } from "../../provider/core/functions";
import { FUNCTION_SPECS } from "../../provider/plugin/function-schema";

const told = (name: FunctionName, args: unknown): string[] =>
  argumentProblems(name, args).map(({ property, reason }) => `${property} ${reason}`);

describe("the arguments of a function", () => {
  test.each<[FunctionName, object]>([
    ["getApiKey", { id: "a" }],
    ["getApiKey", { name: "a", id: undefined }],
    ["getApiKeys", {}],
    ["getApiKeys", { namePrefix: "ci-", expiringWithinDays: 0, usedAbovePercent: 79.5 }],
    ["getUsage", { id: "a" }],
    ["getModel", { model: "openai/gpt-4o-mini/openai" }],
  ])("are sound: %s %j", (name, args) => {
    expect(told(name, args)).toEqual([]);
  });

  test.each<[FunctionName, unknown, string[]]>([
    ["getApiKey", {}, ["id or name must be set, but not both"]],
    ["getApiKey", { id: "a", name: "b" }, ["id or name must be set, but not both"]],
    ["getApiKey", { id: "" }, ["id must not be empty"]],
    [
      "getApiKey",
      { nmae: "a" },
      [
        "nmae is not an argument of getApiKey; did you mean name? (known: id, name)",
        "id or name must be set, but not both",
      ],
    ],
    [
      "getApiKeys",
      { expiringWithinDays: 1.5, usedAbovePercent: "80", namePrefix: 7, prefix: "a" },
      [
        "prefix is not an argument of getApiKeys (known: namePrefix, expiringWithinDays, usedAbovePercent)",
        "namePrefix must be text; got 7",
        "expiringWithinDays must be a whole number, 0 or more; got 1.5",
        'usedAbovePercent must be a number, 0 or more; got the text "80"',
      ],
    ],
    [
      "getApiKeys",
      { expiringWithinDays: -1, usedAbovePercent: Number.NaN },
      [
        "expiringWithinDays must be a whole number, 0 or more; got -1",
        "usedAbovePercent must be a number, 0 or more; got NaN",
      ],
    ],
    ["getApiKeys", [], ["arguments must be an object; got a list"]],
    ["getUsage", {}, ["id is missing: give it as text"]],
    ["getModel", { model: null }, ["model is missing: give it as text"]],
  ])("are refused, with everything that is wrong: %s %j", (name, args, problems) => {
    expect(told(name, args)).toEqual(problems);
  });
});

test("the schema of the plugin has every function, argument and result of the table", () => {
  expect(Object.keys(FUNCTION_SPECS)).toEqual((Object.keys(FUNCTIONS) as FunctionName[]).map(tokenOf));
  for (const [name, { description, ...each }] of Object.entries(FUNCTIONS)) {
    expect(FUNCTION_SPECS[tokenOf(name as FunctionName)]).toMatchObject({
      description,
      inputs: {
        properties: Object.fromEntries(
          Object.entries(each.arguments).map(([argument, { description: text }]) => [
            argument,
            { description: text },
          ]),
        ),
      },
      outputs: {
        properties: Object.fromEntries(Object.keys(each.result.fields).map((field) => [field, {}])),
      },
    });
  }
  expect(FUNCTION_SPECS[tokenOf("getApiKeys")]).toMatchObject({
    inputs: { properties: { expiringWithinDays: { type: "integer" } }, required: [] },
    outputs: {
      properties: { apiKeys: { type: "array", items: { $ref: "#/types/aixplain:index:ApiKeyInfo" } } },
      required: ["apiKeys"],
    },
  });
});
