import { CLI_TIMEOUT_MS, type Told, withCliProject } from "./project";

const program = (names: Readonly<Record<string, string>>): string =>
  Object.entries(names)
    .map(
      ([resource, name]) =>
        `new ApiKey(${JSON.stringify(resource)}, { name: ${JSON.stringify(name)}, budget: 1 });`,
    )
    .join("\n");

describe("fixed names change hands", () => {
  const told: Record<string, Told> = {};
  const names: Record<string, Record<string, string>> = {};

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const { controls } = project.emulator;
        const ids = new Map<string, string>();
        const step = async (
          title: string,
          declared: Readonly<Record<string, string>>,
          ...flags: string[]
        ) => {
          project.program(program(declared));
          told[title] = await project.up(...flags);
          const byId = new Map(controls.keys().map(({ id, name }) => [id, name]));
          names[title] = Object.fromEntries(
            Object.keys(declared).map((each) => [each, byId.get(ids.get(each) ?? "") ?? ""]),
          );
        };
        await step("first", { a: "one", b: "two", c: "three" });
        for (const [resource, name] of Object.entries({ a: "one", b: "two", c: "three" }))
          ids.set(resource, controls.keys().find((key) => key.name === name)?.id ?? "");
        await step("swap", { a: "two", b: "one", c: "three" });
        await step("swap, one at a time", { a: "one", b: "two", c: "three" }, "--parallel", "1");
        await step("chain", { a: "two", b: "three", c: "four" }, "--parallel", "1");
        await step("circle of three", { a: "three", b: "four", c: "two" });
        told.calm = await project.preview("--expect-no-changes");
        project.program(program({ moved: "three", b: "four", c: "two" }));
        told["renamed resource, preview"] = await project.preview();
        told["renamed resource"] = await project.up();
        project.program(
          'new ApiKey("moved", { name: "three", budget: 1 }, { aliases: [{ name: "a" }] });' +
            program({ b: "four", c: "two" }),
        );
        told.alias = await project.up();
        project.program(program({ moved: "three", b: "two", c: "two" }));
        told.twice = await project.preview();
      }),
    CLI_TIMEOUT_MS,
  );

  test.each([
    ["swap", { a: "two", b: "one", c: "three" }],
    ["swap, one at a time", { a: "one", b: "two", c: "three" }],
    ["chain", { a: "two", b: "three", c: "four" }],
    ["circle of three", { a: "three", b: "four", c: "two" }],
  ])("%s: every key ends with the declared name, in one run, as the same key", (title, declared) => {
    expect(told[title]).toMatchObject({ ok: true });
    expect(names[title]).toEqual(declared);
  });

  test("nothing is left to do afterwards", () => {
    expect(told.calm).toMatchObject({ ok: true });
  });

  test.each(["renamed resource, preview", "renamed resource"])(
    "%s: the conflict with the resource's own old key suggests aliases, and no message a deletion",
    (title) => {
      expect(told[title]?.text).toContain("add aliases to the new resource");
      expect(told[title]?.text).not.toContain("pulumi-aixplain delete");
    },
  );

  test("what was suggested works: with the alias nothing is created and nothing deleted", () => {
    expect(told["renamed resource"]?.ok).toBe(false);
    expect(told.alias).toMatchObject({ ok: true });
    expect(told.alias?.text).not.toMatch(/created|deleted/);
  });

  test("a name that two resources declare fails the preview, and names both", () => {
    expect(told.twice?.ok).toBe(false);
    expect(told.twice?.text).toMatch(
      /resource '[bc]' has a problem: name is "two", which the resource "[bc]" of this program declares as well/,
    );
  });
});
