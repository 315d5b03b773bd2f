import { documentation, type PropertyDocumentation } from "../core/documentation";
import { VERSION } from "../version";
import { SETTINGS } from "./config";
import { FUNCTION_SPECS, RESULT_SPECS } from "./function-schema";
import { API_KEY_TYPE, DYNAMIC_TYPE, PACKAGE } from "./tokens";

const TYPE_NAMES: Readonly<Record<string, string>> = {
  globalLimits: "Limits",
  assetLimits: "AssetLimits",
  "boost.globalLimits": "BoostedLimits",
  "boost.assetLimits": "BoostedAssetLimits",
  adopt: "Adoption",
};

/**
 * Names of enumeration values. Different from the values: for `Input`, Go would generate `TokenTypeInput`, which is
 * taken.
 */
const VALUE_NAMES: Readonly<Record<string, string>> = {
  input: "InputTokens",
  output: "OutputTokens",
  total: "TotalTokens",
};

const pascal = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

const refTo = (type: string): { readonly $ref: string } => ({
  $ref: `#/types/${PACKAGE}:index:${type}`,
});

const parentOf = (path: string): string => path.replace(/(?:\[\])?\.[^.]+$|^[^.]+$/, "");

const leaf = (path: string): string => path.split(".").at(-1) ?? path;

const described = ({ text, unit, example }: PropertyDocumentation): string =>
  [text, ...(unit === undefined ? [] : [`Unit: ${unit}.`]), `Example: \`${JSON.stringify(example)}\`.`].join(
    " ",
  );

function typeOf(property: PropertyDocumentation, objects: Readonly<Record<string, string>>): object {
  const { type, choices, path } = property;
  const name = objects[path] ?? pascal(leaf(path));
  if (choices) return refTo(pascal(leaf(path)));
  if (type === "object") return refTo(name);
  return type === "array" ? { type, items: refTo(name) } : { type };
}

function spec(property: PropertyDocumentation, objects = TYPE_NAMES): object {
  const { secret, change } = property;
  return {
    ...typeOf(property, objects),
    description: described(property),
    ...(secret ? { secret } : {}),
    ...(change === "replace" ? { replaceOnChanges: true } : {}),
  };
}

const specs = (properties: readonly PropertyDocumentation[], objects = TYPE_NAMES): Record<string, object> =>
  Object.fromEntries(properties.map((each) => [leaf(each.path), spec(each, objects)]));

function types(all: readonly PropertyDocumentation[]): Record<string, object> {
  const made: Record<string, object> = {};
  for (const whole of all) {
    const parts = all.filter(({ path }) => parentOf(path) === whole.path);
    if (parts.length === 0) continue;
    const required = parts.filter((part) => part.required).map(({ path }) => leaf(path));
    const object = { type: "object", description: whole.text, properties: specs(parts), required };
    const name = TYPE_NAMES[whole.path] ?? pascal(whole.path);
    made[name] = object;
    if (whole.type !== "array" || parentOf(whole.path) !== "") continue;
    const modelId = { type: "string", description: "The id of the model, if `model` is a path." };
    made[`Live${name}`] = { ...object, properties: { ...object.properties, modelId } };
  }
  for (const { path, choices, text } of all) {
    if (!choices) continue;
    const values = choices.map((value) => ({ name: VALUE_NAMES[value] ?? pascal(value), value }));
    made[pascal(leaf(path))] = { type: "string", description: text, enum: values };
  }
  return made;
}

const DESCRIPTION = `An API key of the aiXplain platform, with its limits, budget and expiry. The key has exactly the declared properties: omitting a property removes it from the key.

## Import

A key is imported by its id or its exact name. The platform does not show its access key again: set it in the environment variable \`AIXPLAIN_ACCESS_KEYS\`, or import without it.

\`\`\`sh
$ AIXPLAIN_ACCESS_KEYS=<access key> pulumi import ${API_KEY_TYPE} ci-bot <id or name>
\`\`\`
`;

const OUTPUTS = {
  accessKey: {
    type: "string",
    secret: true,
    description: "The access key; absent if the key was imported or adopted without it.",
  },
  accessKeyHint: {
    type: "string",
    description: "The access key with all but its first and last four characters hidden.",
  },
};

const LANGUAGE = {
  python: { packageName: "pulumi_aixplain", pyproject: { enabled: true }, respectSchemaVersion: true },
  go: {
    importBasePath: "pulumi-aixplain/sdk/go/aixplain",
    generateResourceContainerTypes: true,
    respectSchemaVersion: true,
  },
  csharp: { respectSchemaVersion: true },
  nodejs: { respectSchemaVersion: true },
};

/** The schema of the package, for other languages and for `pulumi import`. */
export function schema(properties: readonly PropertyDocumentation[] = documentation()): object {
  const top = properties.filter(({ path }) => !/[.[]/.test(path));
  const required = top.filter((each) => each.required).map(({ path }) => path);
  const outputs = top.filter(({ inputOnly }) => !inputOnly);
  const live = { ...TYPE_NAMES, assetLimits: "LiveAssetLimits" };
  const settings = Object.fromEntries(Object.entries(SETTINGS).map(([name, each]) => [name, { ...each }]));
  return {
    name: PACKAGE,
    displayName: "aiXplain",
    version: VERSION,
    description: "API keys of the aiXplain platform, with their limits, budgets and expiry.",
    keywords: ["pulumi", "aixplain", "api-keys", "rate-limits", "category/infrastructure"],
    license: "Apache-2.0",
    language: LANGUAGE,
    config: { variables: settings },
    provider: {
      description: "An aiXplain account.",
      inputProperties: settings,
      properties: settings,
    },
    types: Object.fromEntries(
      Object.entries({ ...types(properties), ...RESULT_SPECS }).map(([name, type]) => [
        `${PACKAGE}:index:${name}`,
        type,
      ]),
    ),
    resources: {
      [API_KEY_TYPE]: {
        description: DESCRIPTION,
        inputProperties: specs(top),
        requiredInputs: required,
        properties: { ...specs(outputs, live), ...OUTPUTS },
        required: ["name", "accessKeyHint", ...required],
        aliases: [{ type: DYNAMIC_TYPE }],
      },
    },
    functions: FUNCTION_SPECS,
  };
}
