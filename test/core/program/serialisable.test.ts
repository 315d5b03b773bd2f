import { runInNewContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import { serialisable } from "../../../provider/program/serialisable";

class Tier {
  readonly requestsPerDay = 5;
}

function told(property: string, value: unknown): string {
  try {
    serialisable("bot", { [property]: value });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a value that cannot reach the provider is refused by its path", () => {
  test.each([
    [
      "a Map",
      "globalLimits",
      new Map([["tokensPerDay", 1]]),
      "globalLimits is a Map, which Pulumi would serialise",
    ],
    ["a Set", "assetLimits", new Set(["a"]), "assetLimits is a Set, which Pulumi would serialise"],
    ["a function", "name", () => "ci-bot", "name is a function: use its result"],
    ["a symbol", "name", Symbol("ci"), "name is a symbol: use text or a number"],
    ["a bigint", "budget", 1000n, "budget is the bigint 1000n: write it as a number, 1000"],
    [
      "an instance",
      "globalLimits",
      new Tier(),
      "globalLimits is an instance of the class Tier: use a plain object",
    ],
    ["a Date elsewhere", "name", new Date(0), "name is a Date, which Pulumi would serialise"],
    ["a Map in a list", "assetLimits", [{ model: "a" }, new Map()], "assetLimits[1] is a Map"],
    [
      "a bigint in limits",
      "globalLimits",
      { tokensPerDay: 1n },
      "globalLimits.tokensPerDay is the bigint 1n",
    ],
    ["a property with an odd name", "globalLimits", { "a b": new Set() }, 'globalLimits["a b"] is a Set'],
  ])("%s", (_, property, value, message) => {
    expect(told(property, value)).toContain(`The API key "bot" cannot be declared: ${message}`);
  });

  test("all at once, in one error", () => {
    const declare = () =>
      serialisable("bot", { budget: 1n, name: () => "", globalLimits: { a: [new Map()] } });
    expect(declare).toThrow(/budget is the bigint.*; name is a function.*; globalLimits\.a\[0\] is a Map/);
    expect(declare).toThrow(pulumi.RunError);
  });

  test.each([
    ["a Map", new Map(), "its args is a Map"],
    ["an output", pulumi.output({ budget: 1 }), "its args is an output"],
    ["an instance", new Tier(), "its args is an instance of the class Tier"],
  ])("%s in place of the args", (_, args, message) => {
    expect(() => serialisable("bot", args)).toThrow(message);
  });

  test("when an output brings it: told as an error, and handed over as what the check refuses at every path", async () => {
    const logged = jest.spyOn(pulumi.log, "error").mockResolvedValue();
    const { globalLimits } = serialisable("bot", { globalLimits: pulumi.output(1).apply(() => [new Map()]) });
    const arrived = await new Promise((resolve) => {
      globalLimits.apply(resolve);
    });
    expect(arrived).toEqual([{ unserialisable: expect.stringContaining("is a Map") }]);
    expect(logged.mock.calls).toEqual([
      [expect.stringContaining('The API key "bot" cannot be declared: globalLimits[0] is a Map')],
    ]);
    logged.mockRestore();
  });

  test("when a promise brings it, at any depth", async () => {
    const promised = serialisable("bot", { assetLimits: [Promise.resolve({ requestsPerDay: 1n })] });
    await expect(promised.assetLimits[0]).rejects.toThrow("assetLimits[0].requestsPerDay is the bigint 1n");
    const { globalLimits } = serialisable("bot", { globalLimits: Promise.resolve(new Map()) });
    await expect(globalLimits).rejects.toThrow("globalLimits is a Map");
  });
});

describe("every other value is passed on as it is", () => {
  test("text, numbers, lists, plain objects, nothing, and what is in promises of them", async () => {
    const args = {
      name: "ci-bot",
      budget: 5,
      flag: false,
      expiresAt: new Date(0),
      globalLimits: { tokensPerDay: null, requestsPerDay: undefined },
      assetLimits: [Object.assign(Object.create(null), { model: "a" }), runInNewContext('({ model: "b" })')],
    };
    expect(serialisable("bot", args)).toEqual(args);
    const late = serialisable("bot", { expiresAt: Promise.resolve(new Date(0)) });
    expect(await late.expiresAt).toEqual(new Date(0));
  });

  test("an output stays one, and a secret stays secret", async () => {
    const { budget } = serialisable("bot", { budget: pulumi.secret(7) });
    expect(await pulumi.isSecret(budget)).toBe(true);
    const arrived = await new Promise<number>((resolve) => budget.apply(resolve));
    expect(arrived).toBe(7);
  });
});
