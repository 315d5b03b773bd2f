import fc from "fast-check";
import {
  autoName,
  autoNameStem,
  formatSeed,
  identityOf,
  isAutoName,
  parseSeed,
  stemOf,
} from "../../provider/core/auto-name";
import { checkDeclaration } from "../../provider/core/check";

const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/aixplain:ApiKey::ci-bot";

/** Any UTF-16 code unit: control characters and halves of pairs as well. */
const codeUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));

describe("an automatic name", () => {
  it("is the logical name and seven hexadecimal digits", () => {
    expect(autoName("ci-bot", identityOf(URN), 0)).toMatch(/^ci-bot-[0-9a-f]{7}$/);
  });

  it("is the same in every run, and another one for the next number, resource and stack", () => {
    const name = (urn: string, n: number) => autoName("ci-bot", identityOf(urn), n);
    expect(name(URN, 0)).toBe(name(URN, 0));
    const others = [name(URN, 1), name(URN, 2), name(`${URN}-2`, 0), name(URN.replace("dev", "prod"), 0)];
    expect(new Set([name(URN, 0), ...others]).size).toBe(5);
  });

  it("stays what it was in earlier releases: a crashed run's names must be recognised", () => {
    expect([0, 1].map((n) => autoName("ci-bot", "0123456789ab", n))).toEqual([
      "ci-bot-ef4806b",
      "ci-bot-2416e9e",
    ]);
    expect(identityOf(URN)).toBe("0b0d28f563ee");
  });

  it("has the stem that it was made of, and other names have none", () => {
    expect(stemOf(autoName("ci-bot", "0123456789ab", 0))).toBe("ci-bot");
    expect(stemOf("ci-bot")).toBeUndefined();
  });

  it("is made of what can be printed", () => {
    expect(autoNameStem(" a\u0007\u0000b ")).toBe("a-b");
    expect(autoNameStem("  ")).toBe("api-key");
  });

  it("is a name that the check accepts, whatever the resource is called", () => {
    const odd = fc.oneof(
      fc.string({ unit: codeUnit, minLength: 1, maxLength: 40 }),
      fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 40 }),
      fc.constantFrom("x".repeat(300), "😀".repeat(200), " spaces ", "tab\tbed", "\u0000", "half\ud83d"),
    );
    fc.assert(
      fc.property(odd, (logicalName) => {
        const name = autoName(logicalName, identityOf(URN), 0);
        expect(checkDeclaration({ name }, { now: 0 })).toEqual({ ok: true, inputs: { name }, warnings: [] });
        expect(isAutoName(name)).toBe(true);
      }),
    );
  });

  it("of a resource with an ordinary name keeps that name as it is", () => {
    for (const logicalName of ["ci-bot", "Team A: bots", "кључ", "a".repeat(247), "🚀"]) {
      expect(autoName(logicalName, "0", 0).startsWith(`${logicalName}-`)).toBe(true);
    }
  });
});

describe("whether a name looks automatic", () => {
  it.each([["ci-bot-0a1b2c3"], ["a-0000000"], ["x-y-abcdef0"]])("%p does", (name) => {
    expect(isAutoName(name)).toBe(true);
  });

  it.each([
    ["ci-bot"],
    ["-0a1b2c3"],
    ["ci-bot-0a1b2c"],
    ["ci-bot-0a1b2c3d"],
    ["ci-bot-0A1B2C3"],
    ["ci0a1b2c3"],
  ])("%p does not", (name) => {
    expect(isAutoName(name)).toBe(false);
  });

  it("is what its stem is told by", () => {
    expect([stemOf("ci-bot-0a1b2c3"), stemOf("ci-bot")]).toEqual(["ci-bot", undefined]);
    expect(stemOf(autoName(" ci\tbot ", "0", 3))).toBe(autoNameStem(" ci\tbot "));
  });

  it("nothing but text does", () => {
    for (const value of [undefined, null, 1, ["a-0000000"]]) expect(isAutoName(value)).toBe(false);
  });
});

describe("the seed that the program gives", () => {
  it("comes back as it was, whatever the resource is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: codeUnit }), (logicalName) => {
        const seed = { logicalName, identity: identityOf(URN) };
        expect(parseSeed(formatSeed(seed))).toEqual(seed);
      }),
    );
  });

  it("may lack an identity", () => {
    expect(parseSeed("/api-key")).toEqual({ identity: "", logicalName: "api-key" });
    expect(parseSeed("api-key")).toEqual({ identity: "", logicalName: "api-key" });
  });
});

it("finds the stem of a name of any length", () => {
  for (const stem of ["a", "ci-bot", "an-agent-of-the-data-team"])
    expect(stemOf(`${stem}-0a1b2c3`)).toBe(stem);
});
