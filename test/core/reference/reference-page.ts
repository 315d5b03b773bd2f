import {
  documentation,
  type PropertyDocumentation,
  type PropertyFacts,
  propertyFacts,
} from "../../../provider/core/documentation";
import {
  type Argument,
  type Field,
  FUNCTIONS,
  type FunctionDescription,
  RESULT_TYPES,
} from "../../../provider/core/functions";
import { outputsOf } from "./outputs";

/** docs/reference.md is written by hand, but for the parts between these two lines. */
const BEGIN = /^<!-- written by npm run pages: (\w+) -->$/;
const END = "<!-- until here -->";

type Property = PropertyDocumentation & PropertyFacts;

const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll(/<(?=[a-z])(?![^`]*`[^`]*$)/g, "&lt;");
const code = (value: unknown): string => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

/** A column that is empty in every row is left out. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const isUsed = (_: string, index: number): boolean => rows.some((row) => row[index] !== "");
  const line = (cells: readonly string[]): string => `| ${cells.filter(isUsed).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map((row) => line(row.map(cell)))];
}

function effectOf({ kind, change }: Property): string {
  if (kind === "policy") return "kept in the state, without a call";
  if (kind === "adoption") return "nothing after the creation";
  if (change === "replace") return "a new key";
  return change === "renew"
    ? "another text: a new key; the first one, or none any more: nothing"
    : "updated in place";
}

const isPartOf = (whole: string, { path }: Property): boolean =>
  new RegExp(`^${whole}(\\[\\])?\\.[^.]+$`).test(path);

const leaf = (path: string): string => path.split(".").at(-1) ?? path;

const written = (example: unknown): string =>
  code(
    JSON.stringify(example)
      .replaceAll(/"(\w+)":/g, " $1: ")
      .replaceAll("}", " }")
      .replaceAll(/, {2}|,(?=")/g, ", ")
      .trim(),
  );

function rangeOf({ range, kind }: Property): string {
  if (range !== undefined) return range;
  return kind === "group" ? "an object with limits" : "an object";
}

/** A row: unit, range, default, example. */
const factsOf = (property: Property): string[] => [
  property.unit ?? "",
  rangeOf(property),
  property.required ? "required" : property.absent,
  written(property.example),
];

const sentence = ({ summary, notes }: Property): string => [`${summary}.`, notes ?? ""].join(" ").trim();

/** The limits of a group are those of `globalLimits`: a table for each would say the same again. */
function partsOf(property: Property, all: readonly Property[]): string[] {
  const parts = all.filter((each) => isPartOf(property.path, each));
  if (parts.length === 0) return [];
  const isLimits = property.path === "assetLimits";
  const shown = isLimits ? parts.filter(({ path }) => leaf(path) === "model") : parts;
  return [
    "",
    isLimits
      ? "Each entry names a model, and has the limits of [`globalLimits`](#globallimits):"
      : "Its parts:",
    "",
    ...table(
      ["part", "what it is", "unit", "range", "left out", "example"],
      shown.map((each) => [code(leaf(each.path)), sentence(each), ...factsOf(each)]),
    ),
  ];
}

function properties(): string[] {
  const facts = propertyFacts();
  const all = documentation().flatMap((each) => {
    const more = facts.get(each.path);
    return more === undefined ? [] : [{ ...each, ...more }];
  });
  const top = all.filter(({ path }) => !path.includes("."));
  return top.flatMap((property) => [
    `#### \`${property.path}\``,
    "",
    `${sentence(property)}`,
    "",
    ...table(
      ["unit", "range", "left out", "example", "a change"],
      [[...factsOf(property), effectOf(property)]],
    ),
    ...partsOf(property, all),
    "",
  ]);
}

function outputs(root: string): string[] {
  const dynamic = outputsOf(root, "provider/program/api-key.ts", "ApiKey");
  const native = outputsOf(root, "provider/native/api-key.ts", "ApiKey");
  const isIn = (name: string, list: typeof native): string =>
    list.some((each) => each.name === name) ? "yes" : "no";
  const names = [...new Set([...dynamic, ...native].map(({ name }) => name))];
  const rows = names.map((name) => {
    const { text = "" } = [...dynamic, ...native].find((each) => each.name === name) ?? {};
    const clean = text.replaceAll(/\{@link (\w+)\}/g, "`$1`");
    return [code(name), clean, isIn(name, dynamic), isIn(name, native)];
  });
  const id = ["`id`", "The id of the key on the platform.", "yes", "yes"];
  return table(["output", "what it is", "dynamic provider", "plugin"], [id, ...rows]);
}

const kindOf = ({ kind }: Argument): string =>
  ({ text: "text", whole: "a whole number, 0 or more", number: "a number, 0 or more" })[kind];

function typeOf({ type }: Field): string {
  if (typeof type === "string") return type;
  if ("one" in type) return code(type.one);
  return "listOf" in type ? `list of ${code(type.listOf)}` : `map of ${code(type.mapOf)}`;
}

const fieldRows = (fields: Readonly<Record<string, Field>>): string[][] =>
  Object.entries(fields).map(([name, field]) => [
    code(name),
    typeOf(field),
    field.always ? "always" : "where there is one",
    field.description ?? "",
  ]);

function functions(): string[] {
  const all: Readonly<Record<string, FunctionDescription>> = FUNCTIONS;
  return Object.entries(all).flatMap(([name, { description, arguments: known, either = [], result }]) => {
    const isNamed = Object.values(RESULT_TYPES).some((each) => each === result);
    const needed = (argument: string, { required }: Argument): string =>
      required ? "yes" : either.includes(argument) ? "one of them" : "no";
    return [
      `#### \`${name}\``,
      "",
      description,
      "",
      ...table(
        ["argument", "type", "required", "what it is"],
        Object.entries(known).map(([each, argument]) => [
          code(each),
          kindOf(argument),
          needed(each, argument),
          argument.description,
        ]),
      ),
      "",
      ...(isNamed
        ? ["It answers an [`ApiKeyInfo`](#apikeyinfo)."]
        : table(["answer", "type", "there", "what it is"], fieldRows(result.fields))),
      "",
    ];
  });
}

const results = (): string[] =>
  Object.entries(RESULT_TYPES).flatMap(([name, { description, fields }]) => [
    `#### \`${name}\``,
    "",
    description,
    "",
    ...table(["field", "type", "there", "what it is"], fieldRows(fields)),
    "",
  ]);

/** The page with its generated parts written anew. */
export function referencePage(page: string, root: string): string {
  const parts: Readonly<Record<string, () => string[]>> = {
    properties,
    outputs: () => outputs(root),
    functions,
    results,
  };
  const lines: string[] = [];
  let isGenerated = false;
  for (const line of page.split("\n")) {
    if (line === END) isGenerated = false;
    if (!isGenerated) lines.push(line);
    const part = parts[BEGIN.exec(line)?.[1] ?? ""];
    if (part === undefined) continue;
    lines.push("", ...part().join("\n").trim().split("\n"), "");
    isGenerated = true;
  }
  return lines.join("\n");
}
