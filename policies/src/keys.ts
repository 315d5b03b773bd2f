/** The types of a key: the native plugin's and the dynamic provider's. */
const KEY_TYPES: readonly string[] = ["aixplain:index:ApiKey", "pulumi-nodejs:dynamic/aixplain:ApiKey"];
/** The component that rotates keys; its children are the generations. */
const ROTATION_TYPE = "aixplain:index:RotatingApiKey";

export const TOKEN_LIMITS = ["tokensPerMinute", "tokensPerDay"] as const;
export const LIMITS = [...TOKEN_LIMITS, "requestsPerMinute", "requestsPerDay"] as const;
export type Limit = (typeof LIMITS)[number];

export type Limits = { readonly [L in Limit]?: number } & { readonly tokenType?: string };

/** The declared properties of a key, in the provider's canonical form. */
export interface KeyProperties {
  readonly name: string;
  readonly budget?: number;
  /** "YYYY-MM-DD", midnight UTC. */
  readonly expiresAt?: string;
  readonly globalLimits?: Limits;
  readonly assetLimits?: readonly (Limits & { readonly model: string })[];
}

/** A key. Reading a property that a preview does not know throws an `UnknownValueError`. */
export interface Key {
  readonly resourceName: string;
  readonly stack: string;
  readonly protect: boolean;
  /** Whether a RotatingApiKey declares it. */
  readonly isGeneration: boolean;
  readonly props: KeyProperties;
}

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Record<string, unknown>;
  readonly opts: { readonly protect: boolean };
}

/** `undefined` if the resource is not a key. */
export function keyOf({ type, name, urn, props, opts }: Resource): Key | undefined {
  if (!KEY_TYPES.includes(type)) return undefined;
  // urn:pulumi:<stack>::<project>::<types, from the outermost parent on>::<name>
  const [stack = "", , types = ""] = urn.slice("urn:pulumi:".length).split("::");
  return {
    resourceName: name,
    stack,
    protect: opts.protect,
    isGeneration: types.split("$").slice(0, -1).includes(ROTATION_TYPE),
    // The provider checks first, so known values have these types.
    props: props as unknown as KeyProperties,
  };
}
