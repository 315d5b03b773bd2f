import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../core/unknown";

/** Properties in plain values; unknown ones are the engine's placeholder ({@link UNKNOWN}). */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * The mark of values that JSON has no word for, and the mark of a secret.
 *
 * Source: `SigKey` and `SecretSig` in pulumi/pulumi `sdk/go/common/resource/sig`.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSecret = (value: unknown): value is { readonly value: unknown } =>
  isProperties(value) && value[SIGNATURE] === SECRET;

/** Marks a value as secret: the engine encrypts it in the state and hides it in what it prints. */
const secret = (value: unknown): Properties => ({ [SIGNATURE]: SECRET, value });

const holdsSecret = (value: unknown): boolean =>
  isSecret(value) ||
  (Array.isArray(value)
    ? value.some(holdsSecret)
    : isProperties(value) && Object.values(value).some(holdsSecret));

/** Takes the marks off; `tell` hears of each secret text and number. */
function reveal(value: unknown, tell: (secret: string) => void, within = false): unknown {
  if (isSecret(value)) return reveal(value.value, tell, true);
  if (Array.isArray(value)) return value.map((each) => reveal(each, tell, within));
  if (isProperties(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, reveal(each, tell, within)]));
  }
  if (within && value !== UNKNOWN && (typeof value === "string" || typeof value === "number")) {
    tell(String(value));
  }
  return value;
}

/** Properties as they came from the engine, which of them are secret included. */
export class Received {
  readonly values: Properties;

  private constructor(
    private readonly marked: Properties,
    tell: (secret: string) => void,
  ) {
    this.values = reveal(marked, tell) as Properties;
  }

  static from(struct: Struct | undefined, tell: (secret: string) => void = () => undefined): Received {
    return new Received(struct?.toJavaScript() ?? {}, tell);
  }

  /** The paths of what is secret, in Pulumi's notation; of a list, the list. */
  get secretPaths(): readonly string[] {
    return secretPaths(this.marked);
  }

  /**
   * Marks in `values` what is secret here. A list is secret as a whole where an entry is: lists come back in another
   * order. The engine does the same for providers that take no secrets.
   */
  mark(values: Properties): Properties {
    return marked(values, this.marked);
  }
}

const secretPaths = (values: Properties, prefix = ""): string[] =>
  Object.entries(values).flatMap(([key, value]) => {
    if (!holdsSecret(value)) return [];
    return isProperties(value) && !isSecret(value)
      ? secretPaths(value, `${prefix}${key}.`)
      : [`${prefix}${key}`];
  });

const marked = (values: Properties, like: Properties): Properties =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]): [string, unknown] => {
      const counterpart = like[key];
      if (isProperties(value) && isProperties(counterpart) && !isSecret(counterpart)) {
        return [key, marked(value, counterpart)];
      }
      return [key, holdsSecret(counterpart) ? secret(value) : value];
    }),
  );

/** Marks one property as secret, where it is there. */
export const withSecret = (values: Properties, property: string): Properties =>
  values[property] === undefined || isSecret(values[property])
    ? values
    : { ...values, [property]: secret(values[property]) };

/** `undefined` has no place in the engine's values. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(defined);
  if (!isProperties(value)) return value;
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(present.map(([key, each]) => [key, defined(each)]));
}

export const toStruct = (values: object): Struct =>
  Struct.fromJavaScript(defined(values) as { [key: string]: JavaScriptValue });
