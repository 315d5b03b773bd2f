import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { blocksOf, compilerProblems, markdownFiles } from "./code-blocks";
import { ROOT } from "./npm";

const blocks = markdownFiles(ROOT).flatMap((file) => blocksOf(file, readFileSync(join(ROOT, file), "utf8")));
const checked = (...languages: string[]) =>
  blocks.filter(({ language, unchecked }) => languages.includes(language) && unchecked === undefined);

/** What people replace with a value of their own, such as `<access key>`. */
const filled = (code: string): string => code.replaceAll(/<[a-z][\w ]*>/g, "value");

describe("the code blocks of the pages", () => {
  test("are found", () => {
    expect(checked("ts").length).toBeGreaterThan(12);
    expect(checked("sh").length).toBeGreaterThan(30);
    expect(new Set(blocks.map(({ file }) => file)).size).toBeGreaterThan(20);
  });

  test("in TypeScript compile against the built packages", () => {
    expect(compilerProblems(ROOT, checked("ts", "typescript"))).toEqual([]);
  });

  test.each(checked("sh", "bash").map((block) => ({ ...block, place: `${block.file}:${block.line}` })))(
    "$place is a shell's",
    ({ code }) => {
      const { status, stderr, error } = spawnSync("bash", ["-n"], { input: filled(code), encoding: "utf8" });
      expect(error).toBeUndefined();
      expect([status, stderr]).toEqual([0, ""]);
    },
  );

  test("in YAML and JSON can be read", () => {
    const problems = checked("yaml", "yml").flatMap(({ file, line, code }) =>
      parseAllDocuments(code).flatMap(({ errors }) =>
        errors.map(({ message }) => `${file}:${line}: ${message}`),
      ),
    );
    expect(problems).toEqual([]);
    for (const { code } of checked("json")) expect(() => JSON.parse(code) as unknown).not.toThrow();
  });

  test("in Python can be parsed", () => {
    const script = "import ast, sys; ast.parse(sys.stdin.read())";
    for (const { code } of checked("python", "py")) {
      const { status, stderr } = spawnSync("python3", ["-c", script], { input: code, encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
    }
  });
});

describe("a block that is wrong is found", () => {
  const problemsOf = (code: string) =>
    compilerProblems(ROOT, blocksOf("a.md", `\`\`\`ts\n${code}\n\`\`\`\n`));

  test.each([
    [
      "a property that does not exist",
      'import { ApiKey } from "pulumi-aixplain";\nnew ApiKey("a", { budgett: 1 });',
      "a.md:3",
    ],
    ["an export that does not exist", 'import { Key } from "pulumi-aixplain";\nnew Key();', "a.md:2"],
  ])("%s", (_, code, place) => {
    expect(problemsOf(code).join("\n")).toContain(place);
  });
});
