import * as z from "zod";
import { LIMIT_NAMES, TOKEN_TYPES } from "./model";
import { NAME_MAX, UNPRINTABLE } from "./name";
import { isUnknown, type OrUnknown } from "./unknown";

/** A value as a message quotes it: JSON, cut short where it is long. */
export function show(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value) ?? String(value);
  // Cut between characters: half of a pair is no text.
  return text.length > 60 ? `${text.slice(0, 56).replace(/\p{Cs}$/u, "")}...${text.slice(-1)}` : text;
}

/** What kind of thing a value is, in the words of a person who writes a program. */
function kind(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${show(value)}`;
  return typeof value === "object" ? `an object (${show(value)})` : show(value);
}

const notNumber = (value: unknown, noun: string): string =>
  typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? `must be ${noun}, not the text ${show(value)}: write ${Number(value)} without quotes (from configuration: requireNumber)`
    : `must be ${noun}; got ${kind(value)}`;

type Refusal = { readonly input?: unknown };

/** Lets the engine's placeholder through in place of a value, and `null` or nothing as "not set". */
export function known<T>(schema: z.ZodType<T>): z.ZodType<OrUnknown<T> | undefined> {
  return z
    .unknown()
    .transform((value, context): OrUnknown<T> | undefined => {
      if (value === undefined || value === null) return undefined;
      if (isUnknown(value)) return value;
      const result = schema.safeParse(value);
      if (result.success) return result.data;
      for (const issue of result.error.issues) {
        // `params` carries the names of unknown properties up through every level.
        const params =
          issue.code === "unrecognized_keys" ? { keys: issue.keys } : "params" in issue ? issue.params : {};
        context.addIssue({ code: "custom", path: issue.path, message: issue.message, params });
      }
      return z.NEVER;
    })
    .optional();
}

const limit = z
  .number({ error: ({ input }: Refusal) => notNumber(input, "a whole number, 0 or more") })
  .refine((value) => Number.isInteger(value), {
    error: ({ input }: Refusal) =>
      `must be a whole number; got ${show(input)}: there are no parts of a token or a request`,
    abort: true,
  })
  .refine((value) => value >= 0, {
    error: ({ input }: Refusal) =>
      `must be 0 or more; got ${show(input)} (0 allows nothing; leave it out for no limit)`,
    abort: true,
  })
  .refine((value) => Number.isSafeInteger(value), {
    error: ({ input }: Refusal) =>
      `must be at most ${Number.MAX_SAFE_INTEGER}; got ${show(input)} (leave it out for no limit)`,
  });

export const budget = z
  .number({ error: ({ input }: Refusal) => notNumber(input, "a number of credits, 0 or more") })
  .refine((value) => value >= 0, {
    error: ({ input }: Refusal) =>
      `must be 0 or more credits; got ${show(input)} (0 allows nothing; leave it out for no budget)`,
    abort: true,
  })
  .refine((value) => value <= Number.MAX_SAFE_INTEGER, {
    error: ({ input }: Refusal) =>
      `must be at most ${Number.MAX_SAFE_INTEGER}; got ${show(input)} (leave it out for no budget)`,
  });

const text = (noun: string, example: string) =>
  z
    .string({ error: ({ input }: Refusal) => `must be text; got ${kind(input)}` })
    .refine((value) => value.trim() !== "", {
      error: ({ input }: Refusal) => `must not be empty; got ${show(input)}: ${example}`,
      abort: true,
    })
    .refine((value) => !UNPRINTABLE.test(value), {
      error: ({ input }: Refusal) =>
        `holds a control character; got ${show(input)}: use printable text for ${noun}`,
      abort: true,
    })
    .refine((value) => value === value.trim(), {
      error: ({ input }: Refusal) => `has spaces around it; got ${show(input)}: remove them`,
    });

export const name = text("a name", "give the key a name, or leave `name` out for an automatic one").refine(
  (value) => value.length <= NAME_MAX,
  {
    error: ({ input }: Refusal) =>
      `must have at most ${NAME_MAX} characters; got ${typeof input === "string" ? input.length : 0}`,
  },
);

const model = text(
  "a model",
  'give a model id such as "6661df926d36df3b878e0697" or a path such as "openai/gpt-4o-mini/openai"',
);

const tokenType = z.enum(TOKEN_TYPES, {
  error: ({ input }: Refusal) => `must be one of ${TOKEN_TYPES.map(show).join(", ")}; got ${kind(input)}`,
});

const limitFields = {
  ...(Object.fromEntries(LIMIT_NAMES.map((each) => [each, known(limit)])) as Record<
    (typeof LIMIT_NAMES)[number],
    z.ZodType<OrUnknown<number> | undefined>
  >),
  tokenType: known(tokenType),
};

const notObject = ({ input, code }: Refusal & { readonly code?: string | undefined }): string | undefined =>
  code === "invalid_type" ? `must be an object of limits; got ${kind(input)}` : undefined;

export const limits = z.strictObject(limitFields, { error: notObject });

export const assetLimits = z.array(
  known(z.strictObject({ model: known(model), ...limitFields }, { error: notObject })),
  { error: ({ input }: Refusal) => `must be a list of limits, one entry per model; got ${kind(input)}` },
);

/** Whether any limit of a scope is set, as it was written; placeholders count as set, `null` does not. */
export const hasLimit = (value: Partial<Record<(typeof LIMIT_NAMES)[number], unknown>>): boolean =>
  LIMIT_NAMES.some((each) => value[each] !== undefined && value[each] !== null);
