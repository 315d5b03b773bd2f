import {
  type Argument,
  type Field,
  type FieldType,
  FUNCTIONS,
  type FunctionDescription,
  type FunctionName,
  RESULT_TYPES,
  type ResultType,
  tokenOf,
} from "../core/functions";
import { PACKAGE } from "./tokens";

const ref = (type: string): { readonly $ref: string } => ({ $ref: `#/types/${PACKAGE}:index:${type}` });

function typeOf(type: FieldType): object {
  if (typeof type === "string") return { type };
  if ("one" in type) return ref(type.one);
  if ("listOf" in type) return { type: "array", items: ref(type.listOf) };
  return { type: "object", additionalProperties: ref(type.mapOf) };
}

const fieldSpec = ({ type, description }: Field): object => ({
  ...typeOf(type),
  ...(description === undefined ? {} : { description }),
});

const ARGUMENT_TYPES = { text: "string", whole: "integer", number: "number" } as const;

const argumentSpec = ({ kind, description }: Argument): object => ({
  type: ARGUMENT_TYPES[kind],
  description,
});

const mapped = <T>(of: Readonly<Record<string, T>>, spec: (each: T) => object): Record<string, object> =>
  Object.fromEntries(Object.entries(of).map(([name, each]) => [name, spec(each)]));

const namesWith = <T>(of: Readonly<Record<string, T>>, has: (each: T) => boolean): string[] =>
  Object.keys(of).filter((name) => has(of[name] as T));

const objectSpec = ({ description, fields }: ResultType) => ({
  type: "object",
  description,
  properties: mapped(fields, fieldSpec),
  required: namesWith(fields, ({ always }) => always === true),
});

/** The types of results, by name. */
export const RESULT_SPECS = mapped<ResultType>(RESULT_TYPES, objectSpec);

function functionSpec({ description, arguments: given, result }: FunctionDescription): object {
  const { description: _, ...outputs } = objectSpec(result);
  const inputs = {
    type: "object",
    properties: mapped(given, argumentSpec),
    required: namesWith(given, ({ required }) => required === true),
  };
  return { description, inputs, outputs };
}

/** The functions, by token. */
export const FUNCTION_SPECS = Object.fromEntries(
  Object.entries(FUNCTIONS).map(([name, each]) => [tokenOf(name as FunctionName), functionSpec(each)]),
);
