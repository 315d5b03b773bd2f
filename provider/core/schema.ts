import * as z from "zod";
import { UNPRINTABLE } from "./name";
import {
  type AmountProperty,
  type AnyProperty,
  type CountProperty,
  mapProperties,
  type Table,
  type TextProperty,
  type ValueProperty,
  type ValueTable,
} from "./property";
import { isPlainObject, kind, show } from "./quote";
import { isUnknown, type OrUnknown } from "./unknown";

const notNumber = (value: unknown, noun: string): string =>
  typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? `must be ${noun}, not the text ${show(value)}: write ${Number(value)} without quotes (from configuration: requireNumber)`
    : `must be ${noun}; got ${kind(value)}`;

type Refusal = { readonly input?: unknown };

/** Accepts the engine's placeholder for any value, and `null` as "not set". */
function known<T>(schema: z.ZodType<T>): z.ZodType<OrUnknown<T> | undefined> {
  return z
    .unknown()
    .transform((value, context): OrUnknown<T> | undefined => {
      if (value === undefined || value === null) return undefined;
      if (isUnknown(value)) return value;
      const result = schema.safeParse(value);
      if (result.success) return result.data;
      for (const issue of result.error.issues) {
        const params =
          issue.code === "unrecognized_keys" ? { keys: issue.keys } : "params" in issue ? issue.params : {};
        context.addIssue({ code: "custom", path: issue.path, message: issue.message, params });
      }
      return z.NEVER;
    })
    .optional();
}

const aNumber = (noun: string) =>
  z.number({ error: ({ input }: Refusal) => notNumber(input, `${noun}, 0 or more`) });

const bounded = (schema: z.ZodNumber, unit: string, absent: string) =>
  schema
    .refine((value) => value >= 0, {
      error: ({ input }: Refusal) =>
        `must be 0 or more${unit}; got ${show(input)} (0 is assumed to allow nothing; leave it out for ${absent})`,
      abort: true,
    })
    .refine((value) => value <= Number.MAX_SAFE_INTEGER, {
      error: ({ input }: Refusal) =>
        `must be at most ${Number.MAX_SAFE_INTEGER}; got ${show(input)} (leave it out for ${absent})`,
    });

const count = ({ absent }: CountProperty) => {
  const whole = aNumber("a whole number").refine((value) => Number.isInteger(value), {
    error: ({ input }: Refusal) => `must be a whole number; got ${show(input)}: round it`,
    abort: true,
  });
  return bounded(whole, "", absent);
};

const amount = ({ unit, absent }: AmountProperty) =>
  bounded(aNumber(`a number of ${unit}`), ` ${unit}`, absent);

const HIDDEN = "a value that is not shown";

function text({ noun, hint, maxLength = Number.POSITIVE_INFINITY, redacted }: TextProperty) {
  const shown = (input: unknown): string => (redacted ? HIDDEN : show(input));
  return z
    .string({ error: ({ input }: Refusal) => `must be text; got ${redacted ? HIDDEN : kind(input)}` })
    .refine((value) => value.trim() !== "", {
      error: ({ input }: Refusal) => `must not be empty; got ${shown(input)}: ${hint}`,
      abort: true,
    })
    .refine((value) => !UNPRINTABLE.test(value), {
      error: ({ input }: Refusal) =>
        `contains a control character; got ${shown(input)}: use printable text for ${noun}`,
      abort: true,
    })
    .refine((value) => value === value.trim(), {
      error: ({ input }: Refusal) => `has surrounding spaces; got ${shown(input)}: remove them`,
    })
    .refine((value) => value.length <= maxLength, {
      error: ({ input }: Refusal) => `must have at most ${maxLength} characters; got ${String(input).length}`,
    });
}

function valueSchema(property: ValueProperty): z.ZodType {
  switch (property.kind) {
    case "count":
      return count(property);
    case "amount":
      return amount(property);
    case "text":
      return text(property);
    case "date":
      // check.ts compares it with the current date.
      return z.string({
        error: ({ input }: Refusal) => `must be a date such as ${show(property.example)}; got ${kind(input)}`,
      });
    case "flag":
      return z.boolean({ error: ({ input }: Refusal) => `must be true or false; got ${kind(input)}` });
    case "choice":
    case "policy":
      return z.enum(property.choices, {
        error: ({ input }: Refusal) =>
          `must be one of ${property.choices.map(show).join(", ")}; got ${kind(input)}`,
      });
  }
}

/** An object with exactly these properties. zod would see a `Map` or a class instance as an empty object. */
const plain = (shape: Record<string, z.ZodType>, noun: string, given = kind) =>
  z
    .unknown()
    .refine(isPlainObject, {
      error: ({ input }: Refusal) => `must be ${noun}; got ${given(input)}`,
      abort: true,
    })
    .pipe(z.strictObject(shape));

const mapped = <P>(table: Readonly<Record<string, P>>, schema: (property: P) => z.ZodType) =>
  mapProperties(table, (property) => known(schema(property)));

const limits = (table: ValueTable) => plain(mapped(table, valueSchema), "an object of limits");

function schemaOf(property: AnyProperty): z.ZodType {
  switch (property.kind) {
    case "group":
      return limits(property.properties);
    case "set":
      return z.array(known(limits({ ...property.key, ...property.properties })), {
        error: ({ input }: Refusal) => `must be a list of limits, one entry per model; got ${kind(input)}`,
      });
    case "boost":
      return plain(mapped(property.properties, schemaOf), `an object such as ${show(property.example)}`);
    case "adoption":
      // Somebody may have put the access key itself here: do not show the value.
      return plain(
        mapped(property.properties, valueSchema),
        `an object such as ${show(property.example)}`,
        () => HIDDEN,
      );
    default:
      return valueSchema(property);
  }
}

export const declarationSchema = (properties: Table, hidden: Record<string, z.ZodType> = {}) =>
  plain({ ...mapped(properties, schemaOf), ...hidden }, "an object of properties");
