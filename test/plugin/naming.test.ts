import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { formatSeed, identityOf } from "../../provider/core/auto-name";
import { AUTO_NAME } from "../../provider/core/model";
import { DYNAMIC_TYPE as TYPE_OF_THE_STUB } from "../../provider/dynamic/stub";
import { named, seedOf } from "../../provider/plugin/naming";
import { DYNAMIC_TYPE } from "../../provider/plugin/tokens";

const { AutonamingOptions } = CheckRequest;
const { PROPOSE, ENFORCE, DISABLE } = AutonamingOptions.Mode;
const URN = "urn:pulumi:test::project::aixplain:index:ApiKey::bot";
const asked = (mode: 0 | 1 | 2, name = "") => new AutonamingOptions().setMode(mode).setProposedName(name);

test("the alias of the plugin is the type of the dynamic provider", () => {
  expect(DYNAMIC_TYPE).toBe(TYPE_OF_THE_STUB);
});

test.each([
  ["a key", URN, `urn:pulumi:test::project::${DYNAMIC_TYPE}::bot`, "bot"],
  [
    "a key below a key of a component",
    "urn:pulumi:test::project::my:Team$aixplain:index:ApiKey$aixplain:index:ApiKey::a::b",
    `urn:pulumi:test::project::my:Team$${DYNAMIC_TYPE}$${DYNAMIC_TYPE}::a::b`,
    "a::b",
  ],
])("%s has the seed of its name that it has with the dynamic provider", (_, urn, dynamic, logicalName) => {
  expect(seedOf(urn)).toBe(formatSeed({ logicalName, identity: identityOf(dynamic) }));
});

describe("the name of a key", () => {
  const seed = seedOf(URN);

  test("is the program's own, with the seed beside it", () => {
    expect(named(URN, asked(ENFORCE, "proposed"), {}, { name: "mine" })).toEqual({
      news: { name: "mine", [AUTO_NAME]: seed },
      problems: [],
    });
  });

  test.each([undefined, asked(PROPOSE, "bot-0123456")])(
    "is the provider's where Pulumi enforces none",
    (how) => {
      expect(named(URN, how, {}, { budget: 1 }).news).toEqual({ budget: 1, [AUTO_NAME]: seed });
    },
  );

  test("is the one that pulumi:autonaming enforces, until the key has one", () => {
    expect(named(URN, asked(ENFORCE, "proposed"), {}, {}).news.name).toBe("proposed");
    expect(named(URN, asked(ENFORCE, "another"), { name: "proposed" }, {}).news.name).toBe("proposed");
  });

  test("has to be given where pulumi:autonaming makes none, unless the key has one", () => {
    const { problems } = named(URN, asked(DISABLE), {}, {});
    expect(problems).toEqual([{ property: "name", reason: expect.stringContaining("pulumi:autonaming") }]);
    expect(named(URN, asked(DISABLE), { name: "bot-0123456" }, {}).problems).toEqual([]);
  });
});
