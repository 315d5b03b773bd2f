import type { ApiKeyInputs } from "../core/model";

export interface Declared {
  readonly resource: string;
  readonly inputs: ApiKeyInputs;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function literal(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((each) => `${inner}${literal(each, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, each]) => {
    const key = IDENTIFIER.test(name) ? name : JSON.stringify(name);
    return `${inner}${key}: ${literal(each, inner)},\n`;
  });
  return `{\n${fields.join("")}${indent}}`;
}

const HEAD = `import { ApiKey } from "pulumi-aixplain/native";

// Each key is protected, as pulumi import leaves it. Remove \`protect\` from a key that Pulumi may delete.
`;

export const importProgram = (keys: readonly Declared[]): string =>
  [
    HEAD,
    ...keys.map(
      ({ resource, inputs }) =>
        `new ApiKey(${JSON.stringify(resource)}, ${literal(inputs, "")}, { protect: true });\n`,
    ),
  ].join("\n");
