import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN } from "../core/unknown";

/** Plain values. Unknown ones are {@link UNKNOWN}. */
export type Properties = Readonly<Record<string, unknown>>;

/**
 * The marks of special values and of secrets. Source: `SigKey` and `SecretSig` in pulumi/pulumi
 * `sdk/go/common/resource/sig`.
 */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSecret = (value: unknown): value is { readonly value: unknown } =>
  isProperties(value) && value[SIGNATURE] === SECRET;

/** The engine encrypts secrets in the state and hides them in its output. */
const secret = (value: unknown): Properties => ({ [SIGNATURE]: SECRET, value });

const holdsSecret = (value: unknown): boolean =>
  isSecret(value) ||
  (Array.isArray(value)
    ? value.some(holdsSecret)
    : isProperties(value) && Object.values(value).some(holdsSecret));

function reveal(value: unknown, onSecret: (secret: string) => void, within = false): unknown {
  if (isSecret(value)) return reveal(value.value, onSecret, true);
  if (Array.isArray(value)) return value.map((each) => reveal(each, onSecret, within));
  if (isProperties(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, reveal(each, onSecret, within)]),
    );
  }
  if (within && value !== UNKNOWN && (typeof value === "string" || typeof value === "number")) {
    onSecret(String(value));
  }
  return value;
}

export class Received {
  readonly values: Properties;

  private constructor(
    private readonly marked: Properties,
    onSecret: (secret: string) => void,
  ) {
    this.values = reveal(marked, onSecret) as Properties;
  }

  static from(struct: Struct | undefined, onSecret: (secret: string) => void = () => undefined): Received {
    return new Received(struct?.toJavaScript() ?? {}, onSecret);
  }

  /** The paths of secrets in Pulumi's notation; for a list, the whole list. */
  get secretPaths(): readonly string[] {
    return secretPaths(this.marked);
  }

  /**
   * Marks the secrets in `values`. A list with a secret entry is marked as a whole, because the order may change. The
   * engine does the same for providers that accept no secrets.
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

export const withSecret = (values: Properties, property: string): Properties =>
  values[property] === undefined || isSecret(values[property])
    ? values
    : { ...values, [property]: secret(values[property]) };

/** The engine's values have no `undefined`. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== undefined).map(defined);
  if (!isProperties(value)) return value;
  const present = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(present.map(([key, each]) => [key, defined(each)]));
}

export const toStruct = (values: object): Struct =>
  Struct.fromJavaScript(defined(values) as { [key: string]: JavaScriptValue });
