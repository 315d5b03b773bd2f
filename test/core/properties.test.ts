import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { fromWire, toWire } from "../../provider/api/convert";
import { wireKeyOf } from "../../provider/api/wire";
import { checkDeclaration } from "../../provider/core/check";
import { compare, describeChanges, POLICY } from "../../provider/core/diff";
import { documentation, documentationText } from "../../provider/core/documentation";
import type { ApiKeyDeclaration, ApiKeyInputs } from "../../provider/core/model";
import { LIMIT_PROPERTIES, PROPERTIES } from "../../provider/core/properties";
import type { Table } from "../../provider/core/property";
import { keepLive } from "../../provider/core/property-path";
import { asLive, readState, toInputs, toState } from "../../provider/core/state";
import { UNKNOWN } from "../../provider/core/unknown";

const CORE = path.join(__dirname, "../../provider/core");

/** Two properties that no key has: one of the key, and a limit. Nothing but these entries knows of them. */
const imagesPerDay = {
  ...LIMIT_PROPERTIES.requestsPerDay,
  wire: "ipd",
  summary: "Images per UTC day",
  counts: "images",
  example: 20,
};
const LIMITS = { ...LIMIT_PROPERTIES, imagesPerDay };
const GROWN: Table = {
  ...PROPERTIES,
  alertAt: {
    ...PROPERTIES.budget,
    wire: "alertThreshold",
    aliases: ["warnAt"],
    summary: "The number of credits at whose use the owner is told",
    absent: "no alert",
    change: "replace",
    example: 900,
  },
  globalLimits: { ...PROPERTIES.globalLimits, properties: LIMITS },
  assetLimits: { ...PROPERTIES.assetLimits, properties: LIMITS },
};

const DECLARED = {
  name: "ci-bot",
  alertAt: 900,
  globalLimits: { imagesPerDay: 20, tokensPerDay: 5 },
  assetLimits: [{ model: "m", imagesPerDay: 2 }],
};
const NO_IDS = new Map<string, string>();

const problems = (args: unknown, properties = GROWN): string[] => {
  const outcome = checkDeclaration(args, { now: 0 }, properties);
  return outcome.ok ? [] : outcome.problems.map(({ property, reason }) => `${property} ${reason}`);
};

const inputsOf = (args: unknown): ApiKeyInputs => {
  const outcome = checkDeclaration(args, { now: 0 }, GROWN);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.inputs as ApiKeyInputs;
};

describe("a property that the table gains is known, without another line,", () => {
  it("to the check, with its messages and its place among the known names", () => {
    expect(inputsOf(DECLARED)).toStrictEqual(DECLARED);
    expect(problems({ alertAt: "900", globalLimits: { imagesPerDay: 0.5 } })).toEqual([
      "globalLimits.imagesPerDay must be a whole number; got 0.5: round it",
      expect.stringContaining("alertAt must be a number of credits, 0 or more, not the text"),
    ]);
    expect(problems({ alertAt: -1 })).toEqual([expect.stringContaining("leave it out for no alert")]);
    expect(problems({ alertTa: 1, warnAt: 1, alertThreshold: 1 })).toEqual(
      ["alertTa", "warnAt", "alertThreshold"].map((key) =>
        expect.stringContaining(`${key} is not a property of an API key; did you mean alertAt?`),
      ),
    );
    expect(problems({ globalLimits: { ipd: 1 } })).toEqual([
      expect.stringContaining("did you mean imagesPerDay?"),
    ]);
    expect(problems({ assetLimits: [{ model: "m" }] })).toEqual([
      expect.stringContaining("requestsPerDay, imagesPerDay, or remove the entry"),
    ]);
    expect(problems(DECLARED, PROPERTIES)).toHaveLength(3);
  });

  it("to the warnings", () => {
    const outcome = checkDeclaration(
      { alertAt: 0, globalLimits: { imagesPerDay: 5 }, assetLimits: [{ model: "m", imagesPerDay: 6 }] },
      { now: 0 },
      GROWN,
    );
    expect(outcome).toMatchObject({
      ok: true,
      warnings: [{ property: "alertAt" }, { property: "assetLimits[0].imagesPerDay" }],
    });
  });

  it("to the wire, both ways", () => {
    const body = toWire(inputsOf(DECLARED), NO_IDS, GROWN);
    expect(body).toMatchObject({
      alertThreshold: 900,
      globalLimits: { ipd: 20, tpd: 5 },
      assetsLimits: [{ assetId: "m", ipd: 2, tpd: null }],
    });
    expect(toWire({ name: "a" }, NO_IDS, GROWN)).toMatchObject({ alertThreshold: null });
    const shown = wireKeyOf(GROWN).parse({ id: "k", ...body });
    expect(fromWire(shown, GROWN)).toMatchObject(DECLARED);
    expect(wireKeyOf(GROWN).safeParse({ id: "k", ...body, alertThreshold: "900" }).success).toBe(false);
    expect(wireKeyOf(GROWN).safeParse({ id: "k", ...body, globalLimits: { ipd: "x" } }).success).toBe(false);
  });

  it("to the comparison and what it says, also where it is not known yet", () => {
    const without = inputsOf({ name: "ci-bot" });
    const changes = compare(without, inputsOf(DECLARED), NO_IDS, GROWN);
    expect(describeChanges(changes, [], GROWN)).toBe(
      "alertAt not set -> 900, globalLimits.tokensPerDay not set -> 5, " +
        'globalLimits.imagesPerDay not set -> 20, assetLimits["m"].imagesPerDay not set -> 2',
    );
    expect(compare(inputsOf(DECLARED), inputsOf(DECLARED), NO_IDS, GROWN)).toEqual([]);
    const unknown = inputsOf({ ...DECLARED, alertAt: UNKNOWN });
    expect(compare(inputsOf(DECLARED), unknown, NO_IDS, GROWN)).toMatchObject([
      { path: "alertAt", to: UNKNOWN },
    ]);
  });

  it("to what is left to somebody else", () => {
    const live = {
      ...inputsOf(DECLARED),
      alertAt: 5,
      globalLimits: { imagesPerDay: 6 },
      assetLimits: [{ model: "m", imagesPerDay: 7 }],
    } as unknown as ApiKeyInputs;
    const kept = (...named: string[]) => keepLive(inputsOf(DECLARED), live, named, NO_IDS, GROWN);
    expect(kept("alertAt")).toEqual({ ...DECLARED, alertAt: 5 });
    expect(kept("globalLimits.imagesPerDay", "assetLimits[*].imagesPerDay")).toEqual({
      ...DECLARED,
      globalLimits: { imagesPerDay: 6, tokensPerDay: 5 },
      assetLimits: [{ model: "m", imagesPerDay: 7 }],
    });
  });

  it("to the state: written, read back, and turned into inputs again", () => {
    const live = fromWire(
      wireKeyOf(GROWN).parse({ id: "k", ...toWire(inputsOf(DECLARED), NO_IDS, GROWN) }),
      GROWN,
    );
    const stored: unknown = JSON.parse(
      JSON.stringify(toState(live, NO_IDS, "the-access-key", "the-account", GROWN)),
    );
    expect(stored).toMatchObject(DECLARED);
    const state = readState(stored, GROWN);
    expect(toInputs(state, GROWN)).toStrictEqual(DECLARED);
    expect(compare(asLive(state), live, NO_IDS, GROWN)).toEqual([]);
    expect(readState({ ...DECLARED, alertAt: "900" }, GROWN)).toMatchObject({ alertAt: undefined });
  });

  it("to the documentation", () => {
    const found = documentation(GROWN).filter(({ path: at }) => /alertAt|imagesPerDay/.test(at));
    expect(found).toEqual([
      expect.objectContaining({
        path: "globalLimits.imagesPerDay",
        type: "integer",
        unit: "images per UTC day",
        text: "Images per UTC day: a whole number, 0 or more. Default: no limit.",
      }),
      expect.objectContaining({ path: "assetLimits[].imagesPerDay", change: "update", example: 20 }),
      {
        path: "alertAt",
        type: "number",
        unit: "credits",
        required: false,
        secret: false,
        change: "replace",
        text: "The number of credits at whose use the owner is told: a number, 0 or more. Default: no alert. Raising it adds credits. Changing it replaces the key.",
        example: 900,
      },
    ]);
  });
});

/** Most files are the same in every case, and most of them are the compiler's own. */
const parsed = new Map<string, ts.SourceFile>();

/** What the compiler says of the table when files of the core read as `changed`. */
function complaints(changed: (file: string, text: string) => string): string[] {
  const table = path.join(CORE, "properties.ts");
  const config = ts.readConfigFile(path.join(CORE, "../../tsconfig.base.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, files: [] }, ts.sys, CORE);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { readFile } = host;
  host.readFile = (file) => {
    const text = readFile(file);
    return text === undefined ? undefined : changed(path.basename(file), text);
  };
  host.getSourceFile = (file, languageOptions) => {
    const text = host.readFile(file);
    if (text === undefined) return undefined;
    const known = parsed.get(file);
    if (known?.text === text) return known;
    const source = ts.createSourceFile(file, text, languageOptions);
    parsed.set(file, source);
    return source;
  };
  const program = ts.createProgram([table], { ...options, noEmit: true }, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(table))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("a property of the model without its entry in the table fails the build:", () => {
  const growing =
    (file: string, after: string, property: string) =>
    (name: string, text: string): string => {
      if (name !== file) return text;
      expect(text).toContain(after);
      return text.replace(after, `${after}\n  readonly ${property};`);
    };

  it.each([
    ["of the key", "export interface ApiKeyDeclaration {", "alertAt?: number | undefined", /alertAt/],
    ["of the key, required", "export interface ApiKeyDeclaration {", "team: string", /team/],
    ["of limits", "export interface Limits {", "imagesPerDay?: number | undefined", /imagesPerDay/],
  ])("%s", (_, after, property, said) => {
    expect(complaints(growing("model.ts", after, property)).join("\n")).toMatch(said);
  });

  it("of another type than its entry says", () => {
    const retyped = (name: string, text: string): string =>
      name === "model.ts" ? text.replace("readonly budget?: number", "readonly budget?: string") : text;
    expect(complaints(retyped).join("\n")).toMatch(/amount/);
  });

  it("and nothing else does", () => {
    expect(complaints((_, text) => text)).toEqual([]);
  });
});

describe("the docstrings of the model", () => {
  const source = ts.createSourceFile(
    "model.ts",
    readFileSync(path.join(CORE, "model.ts"), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );

  const docstrings = (name: string): Record<string, string> => {
    const found = source.statements.find(
      (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === name,
    );
    const documented = (found?.members ?? ts.factory.createNodeArray<ts.TypeElement>()).map((member) => {
      const text = ts
        .getJSDocCommentsAndTags(member)
        .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
        .join(" ");
      return [member.name?.getText(source) ?? "", text.replace(/\s+/g, " ")];
    });
    return Object.fromEntries(documented);
  };

  it.each([
    ["ApiKeyDeclaration", PROPERTIES],
    ["Limits", LIMIT_PROPERTIES],
    ["AssetLimits", PROPERTIES.assetLimits.key],
    ["Boost", PROPERTIES.boost.properties],
    ["Adoption", PROPERTIES.adopt.properties],
  ] as const)("of %s are the texts of the table", (name, table) => {
    const texts = Object.entries(table).map(([property, entry]) => [property, documentationText(entry)]);
    expect(docstrings(name)).toEqual(Object.fromEntries(texts));
  });
});

describe("the table", () => {
  it("has an example of every value that the check accepts without a warning", () => {
    const top = documentation().filter(({ path: at }) => !/[.[]/.test(at));
    const declared = Object.fromEntries(top.map(({ path: at, example }) => [at, example]));
    expect(checkDeclaration(declared, { now: 0 })).toEqual({ ok: true, inputs: declared, warnings: [] });
  });

  it("decides what a change does", () => {
    const decided = Object.entries(PROPERTIES).map(([name, { change }]) => [name, change]);
    expect(POLICY).toEqual(Object.fromEntries(decided));
  });

  it("names each property of the wire once", () => {
    for (const table of [PROPERTIES, { ...PROPERTIES.assetLimits.key, ...LIMIT_PROPERTIES }]) {
      const names = Object.values(table).flatMap((property) => ("wire" in property ? [property.wire] : []));
      expect(names.length).toBeGreaterThan(4);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("is complete: every property of a key differs from its absence, and the others act in ways of their own", () => {
    const all = documentation().filter(({ path: at }) => !at.includes(".") && at !== "name");
    expect(all.filter(({ inputOnly }) => inputOnly).map(({ path: at }) => at)).toEqual(["boost", "adopt"]);
    const declared = all.filter(({ inputOnly }) => !inputOnly);
    for (const { path: at, example } of declared) {
      const changes = compare({}, { [at]: example } as ApiKeyDeclaration);
      expect(changes.map(({ property }) => property)).toContain(at);
    }
  });
});
