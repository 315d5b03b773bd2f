import path from "node:path";
import { factsBelow, factsOf, type SourceFacts } from "./source-facts";

const ROOT = path.join(__dirname, "../..");

const EXCEPTIONS: Readonly<Record<string, string>> = {
  "provider/api/http.ts makes Error":
    "the bare copy of an error of Node.js, kept as the cause of a ConnectionError",
  "provider/api/http.ts makes ConnectTimeout": "destroys a socket, and comes back as a ConnectionError",
};

/** What may be thrown without being made there: an error that was caught, or the answer of a function that makes ours. */
const RETHROWN =
  /^(signal\.reason|(outcome\.)?error|(this\.)?(connectionError|pointing|presentable)\(.*\))$/s;

const BUILT_IN =
  /^(Error|TypeError|RangeError|SyntaxError|EvalError|ReferenceError|URIError|AggregateError)$/;

function violations(sources: readonly SourceFacts[]): string[] {
  const bases = new Map(sources.flatMap(({ classes }) => classes.map(({ name, base }) => [name, base])));
  const extendsOne = (name: string | undefined, wanted: (name: string) => boolean): boolean =>
    name !== undefined && (wanted(name) || (bases.has(name) && extendsOne(bases.get(name), wanted)));
  // A RunError is the one that Pulumi shows the author of a program without a stack.
  const isOurs = (name: string): boolean =>
    extendsOne(name, (each) => /^(AixplainError|(pulumi\.)?RunError)$/.test(each));
  const isError = (name: string): boolean => extendsOne(name, (each) => BUILT_IN.test(each));
  return sources.flatMap(({ file, made, rethrown }) => [
    ...made
      .filter(({ name, thrown }) => !isOurs(name) && (thrown || isError(name)))
      .map(({ name }) => `${file} makes ${name}`),
    ...rethrown.filter((text) => !RETHROWN.test(text)).map((text) => `${file} throws ${text}`),
  ]);
}

const sources = factsBelow(ROOT, "provider");

describe("the errors that the provider makes", () => {
  it("are of its own family, but for the exceptions with their reasons", () => {
    expect([...new Set(violations(sources))].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });

  it("were read: every room throws some", () => {
    const rooms = sources.flatMap(({ file, made }) =>
      made.some(({ thrown }) => thrown) ? [file.split("/")[1]] : [],
    );
    expect(rooms).toEqual(expect.arrayContaining(["api", "lifecycle", "settings.ts"]));
  });
});

describe("a planted violation is found", () => {
  const found = (source: string): string[] => {
    const family = "export class AixplainError extends Error {} class Ours extends AixplainError {}";
    return violations([factsOf("core/errors.ts", family), factsOf("x.ts", source)]);
  };

  it.each([
    ["a bare error", 'throw new Error("no");'],
    ["an error of the language", 'throw new TypeError("no");'],
    ["a bare error on one side of a condition", 'throw ok ? new Ours() : new Error("no");'],
    ["an error made for later", 'const failed = new Error("no");'],
    ["an error for a promise", 'const p = Promise.reject(new RangeError("no"));'],
    ["a class of another family", "class Mine extends Error {} throw new Mine();"],
    ["a class of a library", "throw new AxiosError();"],
    ["text", 'throw "no";'],
    ["an object", "throw { code: 1 };"],
  ])("%s", (_, source) => {
    expect(found(source)).toHaveLength(1);
  });

  it.each([
    ["one of ours", "throw new Ours();"],
    ["a grandchild", "class Mine extends Ours {} throw new Mine();"],
    ["what was caught", "try { f(); } catch (error) { throw ok ? new Ours() : error; }"],
    ["things that are no errors", "const m = new Map();"],
  ])("and nothing else is: %s", (_, source) => {
    expect(found(source)).toEqual([]);
  });
});
