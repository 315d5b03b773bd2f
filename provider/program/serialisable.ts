import { types } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, problemsInWords } from "../core/errors";

class UnserialisableValueError extends pulumi.RunError {
  override readonly name = "UnserialisableValueError";
  constructor(
    readonly resourceName: string,
    readonly problems: readonly Problem[],
  ) {
    super(`The API key ${JSON.stringify(resourceName)} cannot be declared: ${problemsInWords(problems)}.`);
  }
}

const SILENT = "which Pulumi would serialise as an empty object";

function complaint(value: unknown): string {
  if (typeof value === "function") return "is a function: use its result";
  if (typeof value === "symbol") return "is a symbol: use text or a number";
  if (typeof value === "bigint") return `is the bigint ${value}n: write it as a number, ${value}`;
  if (types.isMap(value)) return `is a Map, ${SILENT}: use a plain object (Object.fromEntries) or an array`;
  if (types.isSet(value)) return `is a Set, ${SILENT}: use an array ([...set])`;
  if (types.isDate(value)) return `is a Date, ${SILENT}: use text (toISOString)`;
  if (pulumi.Output.isInstance(value)) return "is an output: use an object whose values are outputs";
  if (types.isPromise(value)) return "is a promise: use an object whose values are promises";
  if (pulumi.Resource.isInstance(value)) return "is a resource: use one of its outputs, such as its id";
  return `is an instance of the class ${className(value)}: use a plain object`;
}

function className(value: unknown): string {
  const made = (Object(value) as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
  return typeof made === "string" && made !== "" ? made : "(unnamed)";
}

/** Also for objects of another realm (test runners). */
function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const below = (path: string, name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;

class Walk {
  readonly problems: Problem[] = [];

  constructor(private readonly resourceName: string) {}

  value(path: string, value: unknown): unknown {
    if (pulumi.Output.isInstance(value)) return value.apply((arrived) => this.inOutput(path, arrived));
    if (types.isPromise(value)) return value.then((arrived) => this.inPromise(path, arrived));
    if (value === null || ["undefined", "string", "number", "boolean"].includes(typeof value)) return value;
    if (Array.isArray(value)) return value.map((each, index) => this.value(`${path}[${index}]`, each));
    if (typeof value === "object" && isPlain(value)) {
      const entries = Object.entries(value);
      return Object.fromEntries(entries.map(([name, each]) => [name, this.value(below(path, name), each)]));
    }
    if (path === "expiresAt" && types.isDate(value)) return value;
    const reason = complaint(value);
    this.problems.push({ property: path, reason });
    // The check refuses this object at every path.
    return { unserialisable: reason };
  }

  private inPromise(path: string, arrived: unknown): unknown {
    const walk = new Walk(this.resourceName);
    const looked = walk.value(path, arrived);
    const error = walk.error();
    if (error) throw error;
    return looked;
  }

  /** Does not throw: with a rejected output the SDK needs more than a minute to end the program. */
  private async inOutput(path: string, arrived: unknown): Promise<unknown> {
    const walk = new Walk(this.resourceName);
    const looked = walk.value(path, arrived);
    const error = walk.error();
    if (error) await pulumi.log.error(error.message);
    return looked;
  }

  error(): UnserialisableValueError | undefined {
    return this.problems.length === 0
      ? undefined
      : new UnserialisableValueError(this.resourceName, this.problems);
  }
}

/**
 * Returns the arguments if Pulumi can serialise them: it would turn a `Map` into `{}` and drop a function. Values of
 * promises and outputs are checked when they are known, and then fail the run.
 * @throws UnserialisableValueError with the path of every such value
 */
export function serialisable<T extends object>(resourceName: string, args: T): T {
  if (!isPlain(args)) {
    throw new UnserialisableValueError(resourceName, [{ property: "its args", reason: complaint(args) }]);
  }
  const walk = new Walk(resourceName);
  const looked = Object.entries(args).map(([name, value]) => [name, walk.value(name, value)]);
  const error = walk.error();
  if (error) throw error;
  return Object.fromEntries(looked) as T;
}
