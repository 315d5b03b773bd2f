const typeName = (value: object): string => {
  const maker: unknown = value.constructor;
  const name = typeof maker === "function" && maker.name !== "" ? maker.name : "object";
  // What Pulumi calls the class of outputs is nothing that a program names.
  return name === "OutputImpl" ? "output" : name;
};

/** Whether a value is a plain object, including one of another realm. A `Map` or a class instance is not. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Values that `JSON.stringify` drops or throws on. */
function withoutGaps(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "function" || typeof value === "symbol" ? kind(value) : value;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value, withoutGaps) ?? String(value);
  } catch {
    // Circular, or with a `toJSON` that throws.
    return `[${typeName(Object(value))}]`;
  }
}

export function show(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = json(value);
  // Do not end in half of a surrogate pair.
  return text.length > 60 ? `${text.slice(0, 56).replace(/\p{Cs}$/u, "")}...${text.slice(-1)}` : text;
}

const article = (noun: string): string => `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;

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
