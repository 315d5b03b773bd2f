import { Received, toStruct, withSecret } from "../../provider/plugin/values";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });

describe("values of the engine", () => {
  const told: string[] = [];
  const received = Received.from(
    toStruct({
      name: secret("a secret name"),
      budget: 5,
      globalLimits: { tokensPerDay: secret(1234567), requestsPerDay: 1 },
      assetLimits: [{ model: "one", requestsPerDay: secret(3) }, { model: "two" }],
    }),
    (each) => told.push(each),
  );

  test("come without the marks of secrets, of which each is told", () => {
    expect(received.values).toEqual({
      name: "a secret name",
      budget: 5,
      globalLimits: { tokensPerDay: 1234567, requestsPerDay: 1 },
      assetLimits: [{ model: "one", requestsPerDay: 3 }, { model: "two" }],
    });
    expect(told.sort()).toEqual(["1234567", "3", "a secret name"]);
  });

  test("name what is secret by its path, of a list as a whole", () => {
    expect([...received.secretPaths].sort()).toEqual(["assetLimits", "globalLimits.tokensPerDay", "name"]);
  });

  test("are marked again where they go back: of an object the part, of a list the list", () => {
    const limits = { tokensPerDay: 9, requestsPerDay: 1 };
    const list = [{ model: "two" }, { model: "one", requestsPerDay: 3 }];
    expect(received.mark({ name: "n", budget: 6, globalLimits: limits, assetLimits: list })).toEqual({
      name: secret("n"),
      budget: 6,
      globalLimits: { tokensPerDay: secret(9), requestsPerDay: 1 },
      assetLimits: secret(list),
    });
  });

  test("of an unknown secret tell nothing", () => {
    const heard: string[] = [];
    const unknown = secret("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    Received.from(toStruct({ name: unknown }), (each) => heard.push(each));
    expect(heard).toEqual([]);
  });
});

test("what is undefined, at any depth, does not go into a structure", () => {
  const struct = toStruct({ a: undefined, b: { c: undefined, d: null }, e: [{ f: undefined }, undefined] });
  expect(struct.toJavaScript()).toEqual({ b: { d: null }, e: [{}] });
});

test("a property is marked as secret once, and not where it is absent", () => {
  expect(withSecret({ accessKey: "x" }, "accessKey")).toEqual({ accessKey: secret("x") });
  expect(withSecret({ accessKey: secret("x") }, "accessKey")).toEqual({ accessKey: secret("x") });
  expect(withSecret({}, "accessKey")).toEqual({});
});
