/** Values as messages quote them. */

const typeName = (value: object): string => {
  const maker: unknown = value.constructor;
  return typeof maker === "function" && maker.name !== "" ? maker.name : "object";
};

/** Whether a value is an object as a literal makes it, in this realm or another: no `Map`, no instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** JSON has no word for these, and throws for some. */
function sayable(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "function" || typeof value === "symbol" ? kind(value) : value;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, sayable) ?? String(value);
  } catch {
    // It holds itself, or has a `toJSON` that fails: its kind has to do.
    return `[${typeName(Object(value))}]`;
  }
}

/** A value as a message quotes it: JSON, cut short where it is long. */
export function show(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = json(value);
  // Cut between characters: half of a pair is no text.
  return text.length > 60 ? `${text.slice(0, 56).replace(/\p{Cs}$/u, "")}...${text.slice(-1)}` : text;
}

const article = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;

/** What kind of thing a value is, in the words of a person who writes a program. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return `the text ${show(value)}`;
    case "bigint":
      return `the bigint ${value}n`;
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    case "object":
      return isPlainObject(value) ? `an object (${show(value)})` : article(typeName(value));
    default:
      return show(value);
  }
}
