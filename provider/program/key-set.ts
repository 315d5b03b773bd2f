import * as pulumi from "@pulumi/pulumi";
import { didYouMean, nearest } from "../core/did-you-mean";
import { problemsInWords } from "../core/errors";
import type { PlannedKey } from "../core/key-set";
import { planSet } from "../core/key-set";
import { show } from "../core/quote";
import type { ApiKeyArgs } from "./api-key";

/** The properties of several keys: all but the name, which is automatic. */
export interface ApiKeySetPart extends Omit<ApiKeyArgs, "name"> {}

/** An environment of a set, with its own properties. */
export interface ApiKeySetEnvironment extends ApiKeySetPart {
  /** The percentage of each member's budget for its key in this environment. */
  readonly share?: number | undefined;
}

/** A member of a set, with its own properties. */
export interface ApiKeySetMember extends ApiKeySetPart {
  /** The percentage of the set's budget for all keys of this member. */
  readonly share?: number | undefined;
  /** The member's own properties in single environments. */
  readonly environments?: { readonly [environment: string]: ApiKeySetPart } | undefined;
}

/**
 * The arguments of a set. A key takes each property, as a whole, from the most specific place that has it: the
 * environment of the member, the member, the environment, the defaults.
 */
export interface ApiKeySetArgs {
  /** The members, by name. Each gets keys. */
  readonly members: { readonly [member: string]: ApiKeySetMember };
  /** The environments, by name. Each member gets a key in each. Default: one key per member. */
  readonly environments?: { readonly [environment: string]: ApiKeySetEnvironment } | undefined;
  /** The properties of every key. */
  readonly defaults?: ApiKeySetPart | undefined;
  /**
   * The credits that all keys may spend together. Shares divide it, and with the reserve they add up to 100 percent.
   * Default: no total; then each part can have its own `budget`.
   */
  readonly budget?: number | undefined;
  /**
   * The percentage of the budget that no member has. A new member can take from it, so that nobody else changes.
   * Default: 0.
   */
  readonly reserve?: number | undefined;
}

interface KeyResource extends pulumi.Resource {
  readonly accessKey: pulumi.Output<string | undefined>;
  readonly accessKeyHint: pulumi.Output<string>;
}

type MakeKey<K> = (name: string, args: ApiKeyArgs, opts: pulumi.CustomResourceOptions) => K;

/** Pulumi shows a `RunError` without a stack. */
class ApiKeySetError extends pulumi.RunError {
  override readonly name = "ApiKeySetError";
}

function planned(name: string, args: unknown): readonly PlannedKey[] {
  const plan = planSet(args);
  if (plan.ok) return plan.keys;
  throw new ApiKeySetError(
    `The set of API keys ${JSON.stringify(name)} cannot be declared: ${problemsInWords(plan.problems)}.`,
  );
}

/** Each property comes from the first part that has it. */
function declared({ parts, budget }: PlannedKey): ApiKeyArgs {
  const all = [...parts].reverse().flatMap((part) => Object.entries(part));
  const known = all.filter(
    ([name, value]) => value !== undefined && name !== "share" && name !== "environments",
  );
  return { ...Object.fromEntries(known), ...(budget === undefined ? {} : { budget }) };
}

/** A set of keys. Each front door has a subclass that creates its keys. */
export abstract class KeySet<K extends KeyResource> extends pulumi.ComponentResource {
  /** The keys, by `<member>/<environment>`, or by member if the set has no environments. */
  readonly keys: { readonly [path: string]: K };
  /**
   * The access keys by the same names, as one secret. It is unknown in a preview if one of them is; to consume one key,
   * use `keys[...].accessKey`. It lacks keys that were imported without an access key.
   */
  readonly accessKeys: pulumi.Output<{ readonly [path: string]: string }>;
  /** The access keys with all but their first and last four characters hidden. */
  readonly accessKeyHints: pulumi.Output<{ readonly [path: string]: string }>;

  protected constructor(
    private readonly setName: string,
    args: ApiKeySetArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
    make: MakeKey<K>,
  ) {
    const plan = planned(setName, args);
    super("aixplain:index:ApiKeySet", setName, {}, opts);
    // By member and environment, never by index: a member who joins or leaves changes no other key.
    const made = plan.map(
      (key) => [key.path, make(`${setName}/${key.path}`, declared(key), { parent: this })] as const,
    );
    this.keys = Object.fromEntries(made);
    const outputs = <T>(of: (key: K) => pulumi.Output<T>) =>
      pulumi.all(made.map(([path, key]) => of(key).apply((value) => [path, value] as const)));
    this.accessKeys = pulumi.secret(
      outputs(({ accessKey }) => accessKey).apply((all) =>
        Object.fromEntries(all.flatMap(([path, value]) => (value === undefined ? [] : [[path, value]]))),
      ),
    );
    this.accessKeyHints = outputs(({ accessKeyHint }) => accessKeyHint).apply((all) =>
      Object.fromEntries(all),
    );
    // Not as outputs of the component: the state stores each access key once, with its key.
    this.registerOutputs({});
  }

  /** The key of a member; of one environment if the set has environments. Fails if there is none. */
  key(member: string, environment?: string): K {
    const path = environment === undefined ? member : `${member}/${environment}`;
    const key = this.keys[path];
    if (key) return key;
    const paths = Object.keys(this.keys);
    throw new ApiKeySetError(
      `The set of API keys ${JSON.stringify(this.setName)} has no key ${show(path)}${didYouMean(nearest(path, paths))} (known: ${paths.join(", ")}).`,
    );
  }
}
