import { CLI_TIMEOUT_MS, type Told, withCliProject } from "./project";

const program = (names: Readonly<Record<string, string>>): string =>
  Object.entries(names)
    .map(
      ([resource, name]) =>
        `new ApiKey(${JSON.stringify(resource)}, { name: ${JSON.stringify(name)}, budget: 1 });`,
    )
    .join("\n");

const AGAIN = "run the update again, without --parallel";

describe("fixed names change hands", () => {
  const told: Record<string, Told> = {};
  const names: Record<string, Record<string, string>> = {};

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const { controls } = project.emulator;
        const ids = new Map<string, string>();
        const look = (title: string, resources: readonly string[]) => {
          const byId = new Map(controls.keys().map(({ id, name }) => [id, name]));
          names[title] = Object.fromEntries(
            resources.map((each) => [each, byId.get(ids.get(each) ?? "") ?? ""]),
          );
        };
        const step = async (
          title: string,
          declared: Readonly<Record<string, string>>,
          ...flags: string[]
        ) => {
          project.program(program(declared));
          told[title] = await project.up(...flags);
          look(title, Object.keys(declared));
        };
        const created = (resource: string, name: string) =>
          ids.set(resource, controls.keys().find((key) => key.name === name)?.id ?? "");
        await step("two keys", { a: "one", b: "two" });
        created("a", "one");
        created("b", "two");
        await step("swap", { a: "two", b: "one" });
        // Two resources alone: the engine plans the one while it updates the other, whichever comes first.
        await step("swap, one at a time", { a: "one", b: "two" }, "--parallel", "1");
        await step("third key", { a: "one", b: "two", c: "three" });
        created("c", "three");
        await step("chain", { a: "two", b: "three", c: "four" });
        await step(
          "chain, one at a time, first try",
          { a: "three", b: "four", c: "five" },
          "--parallel",
          "1",
        );
        await step("chain, one at a time", { a: "three", b: "four", c: "five" });
        project.program(
          'const a = new ApiKey("a", { name: "four", budget: 1 });' +
            'new ApiKey("b", { name: "three", budget: 1 }, { dependsOn: a });' +
            program({ c: "five" }),
        );
        told.dependent = await project.up();
        look("dependent", ["a", "b", "c"]);
        await step("third name", { a: "spare", b: "three", c: "five" });
        await step("final name", { a: "four", b: "three", c: "five" });
        await step("circle of three", { a: "three", b: "five", c: "four" });
        told.calm = await project.preview("--expect-no-changes");
        project.program(program({ moved: "three", b: "five", c: "four" }));
        told["renamed resource, preview"] = await project.preview();
        told["renamed resource"] = await project.up();
        project.program(
          'new ApiKey("moved", { name: "three", budget: 1 }, { aliases: [{ name: "a" }] });' +
            program({ b: "five", c: "four" }),
        );
        told.alias = await project.up();
        project.program(program({ moved: "three", b: "four", c: "four" }));
        told.twice = await project.preview();
      }),
    CLI_TIMEOUT_MS,
  );

  test.each([
    ["swap", { a: "two", b: "one" }],
    ["swap, one at a time", { a: "one", b: "two" }],
    ["chain", { a: "two", b: "three", c: "four" }],
    ["circle of three", { a: "three", b: "five", c: "four" }],
  ])("%s: every key ends with the declared name, in one run, as the same key", (title, declared) => {
    expect(told[title]?.ok ? "" : told[title]?.text).toBe("");
    expect(names[title]).toEqual(declared);
  });

  test("chain, one at a time: in the order that the resources come, or in a second run as the message says", () => {
    const first = told["chain, one at a time, first try"];
    expect(first?.ok ? AGAIN : first?.text).toContain(AGAIN);
    expect(told["chain, one at a time"]).toMatchObject({ ok: true });
    expect(names["chain, one at a time"]).toEqual({ a: "three", b: "four", c: "five" });
  });

  test("swap with a resource that depends on the other: refused, and the third name works as the message says", () => {
    expect(told.dependent?.ok).toBe(false);
    expect(told.dependent?.text).toContain(AGAIN);
    expect(told.dependent?.text).toContain("give one of them a third name, run the update, then give it");
    expect(names.dependent).toEqual({ a: "three", b: "four", c: "five" });
    expect(told["third name"]).toMatchObject({ ok: true });
    expect(told["final name"]).toMatchObject({ ok: true });
    expect(names["final name"]).toEqual({ a: "four", b: "three", c: "five" });
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
      /resource '[bc]' has a problem: name is "four", which the resource "[bc]" of this program also declares/,
    );
  });
});
