import * as pulumi from "@pulumi/pulumi";
import { didYouMean, nearest } from "../core/did-you-mean";
import type { PlannedKey } from "../core/key-set";
import { planSet } from "../core/key-set";
import { show } from "../core/quote";
import type { ApiKeyArgs } from "./api-key";

/** What is declared of several keys: everything but the name, which is automatic. */
export interface ApiKeySetPart extends Omit<ApiKeyArgs, "name"> {}

/** An environment of a set, and what is different there. */
export interface ApiKeySetEnvironment extends ApiKeySetPart {
  /** How much of each member's part of the budget its key here gets, in percent. */
  readonly share?: number | undefined;
}

/** A member of a set, and what is different for it. */
export interface ApiKeySetMember extends ApiKeySetPart {
  /** How much of the budget of the set the keys of this member get together, in percent. */
  readonly share?: number | undefined;
  /** What is different for this member in single environments. */
  readonly environments?: { readonly [environment: string]: ApiKeySetPart } | undefined;
}

/**
 * What a set consists of. A property of a key is taken, as a whole, from the most special place that has it: the
 * environment of a member, the member, the environment, the defaults.
 */
export interface ApiKeySetArgs {
  /** Who gets keys, by name. */
  readonly members: { readonly [member: string]: ApiKeySetMember };
  /** Where each member gets a key of its own, by name. Left out: one key per member. */
  readonly environments?: { readonly [environment: string]: ApiKeySetEnvironment } | undefined;
  /** What holds for every key. */
  readonly defaults?: ApiKeySetPart | undefined;
  /**
   * The credits that all keys may spend together, shared out by percentages that add up to 100 with the reserve. Left
   * out: no total; a budget can then be given like any property of a key.
   */
  readonly budget?: number | undefined;
  /** The percentage of the budget that no member has: a new member takes from it, and nobody else changes. Left out: 0. */
  readonly reserve?: number | undefined;
}

/** What a set needs to know of a key. */
interface KeyResource extends pulumi.Resource {
  readonly accessKey: pulumi.Output<string | undefined>;
  readonly accessKeyHint: pulumi.Output<string>;
}

type MakeKey<K> = (name: string, args: ApiKeyArgs, opts: pulumi.CustomResourceOptions) => K;

/** The arguments of a set cannot become keys. Pulumi shows a `RunError` without a stack. */
class ApiKeySetError extends pulumi.RunError {
  override readonly name = "ApiKeySetError";
}

function planned(name: string, args: unknown): readonly PlannedKey[] {
  const plan = planSet(args);
  if (plan.ok) return plan.keys;
  const told = plan.problems.map(({ property, reason }) => `${property} ${reason}`).join("; ");
  throw new ApiKeySetError(`The set of API keys ${JSON.stringify(name)} cannot be declared: ${told}.`);
}

/** What is declared of one key: each property from the first part that has it. */
function declared({ parts, budget }: PlannedKey): ApiKeyArgs {
  const all = [...parts].reverse().flatMap((part) => Object.entries(part));
  const said = all.filter(
    ([name, value]) => value !== undefined && name !== "share" && name !== "environments",
  );
  return { ...Object.fromEntries(said), ...(budget === undefined ? {} : { budget }) };
}

/** A set of keys over either class of keys. Each door has its own, which says how a key is made. */
export abstract class KeySet<K extends KeyResource> extends pulumi.ComponentResource {
  /** The keys, by `<member>/<environment>`, or by member where the set has no environments. */
  readonly keys: { readonly [path: string]: K };
  /**
   * The access keys by the same names, as one secret. In a preview unknown as a whole while one of them is: a consumer of
   * one key takes `keys[...].accessKey`. A key that was imported without its access key is not in it.
   */
  readonly accessKeys: pulumi.Output<{ readonly [path: string]: string }>;
  /** The access keys with all but their first and last four characters hidden: enough to recognise them. */
  readonly accessKeyHints: pulumi.Output<{ readonly [path: string]: string }>;

  protected constructor(
    private readonly setName: string,
    args: ApiKeySetArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
    make: MakeKey<K>,
  ) {
    const plan = planned(setName, args);
    super("aixplain:index:ApiKeySet", setName, {}, opts);
    // By member and environment, never by place: who joins or leaves touches nobody else.
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
    // Not as outputs of the component: the state has every access key once, with its key.
    this.registerOutputs({});
  }

  /** The key of a member; of one environment where the set has environments. Fails where there is none. */
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
