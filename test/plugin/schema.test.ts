import { documentation } from "../../provider/core/documentation";
import { schema } from "../../provider/plugin/schema";
import { DYNAMIC_TYPE } from "../../provider/plugin/tokens";

interface Spec {
  readonly types: Record<string, { readonly properties?: Record<string, object>; readonly enum?: object[] }>;
  readonly resources: Record<
    string,
    {
      readonly inputProperties: Record<string, { readonly description?: string }>;
      readonly properties: Record<string, { readonly secret?: boolean; readonly description?: string }>;
      readonly aliases: object[];
    }
  >;
}

const made = (...given: Parameters<typeof schema>): Spec =>
  JSON.parse(JSON.stringify(schema(...given))) as Spec;
const key = ({ resources }: Spec) => resources["aixplain:index:ApiKey"];

describe("the schema", () => {
  const spec = made();

  test("has every property of the table, described, with an example", () => {
    const top = documentation().filter(({ path }) => !/[.[]/.test(path));
    expect(Object.keys(key(spec)?.inputProperties ?? {})).toEqual(top.map(({ path }) => path));
    for (const { description } of Object.values(key(spec)?.inputProperties ?? {})) {
      expect(description).toContain("Example: ");
    }
    const limits = Object.keys(spec.types["aixplain:index:Limits"]?.properties ?? {});
    const parts = documentation().filter(({ path }) => path.startsWith("globalLimits."));
    expect(limits).toEqual(parts.map(({ path }) => path.slice("globalLimits.".length)));
  });

  test("knows the access key as a secret, and the dynamic type as an alias", () => {
    expect(key(spec)?.properties.accessKey).toMatchObject({ secret: true });
    expect(key(spec)?.aliases).toEqual([{ type: DYNAMIC_TYPE }]);
  });

  test("names the values of choices, of which Go would else make names of types", () => {
    expect(spec.types["aixplain:index:TokenType"]?.enum).toEqual([
      { name: "InputTokens", value: "input" },
      { name: "OutputTokens", value: "output" },
      { name: "TotalTokens", value: "total" },
    ]);
  });

  test("gets a property that the table gets", () => {
    const label = {
      path: "label",
      type: "string",
      required: false,
      secret: true,
      change: "replace",
      text: "A label. Default: none.",
      example: "ci",
    } as const;
    const more = key(made([...documentation(), label]));
    const described = { type: "string", secret: true, replaceOnChanges: true };
    expect(more?.inputProperties.label).toMatchObject(described);
    expect(more?.properties.label).toMatchObject(described);
  });
});
