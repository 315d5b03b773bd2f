import type {
  EnforcementLevel,
  PolicyConfigSchema,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type Key, keyOf } from "./keys";
import { type Look, tellAll } from "./unknown";

/** What a policy says of itself; `Config` is what a team may set for it. */
interface Rule<Config> {
  readonly name: string;
  readonly description: string;
  /** What a violation does unless the configuration says otherwise: "mandatory" refuses the update. */
  readonly enforcementLevel: EnforcementLevel;
  readonly severity: Severity;
  readonly schema: PolicyConfigSchema["properties"];
  /** As `default` in the schema. The CLI fills them in; a caller without a CLI gets them from here. */
  readonly defaults: Config;
}

export interface KeyRule<Config> extends Rule<Config> {
  /** What there is to look at; one look cannot hide what another finds. */
  looks(key: Key, config: Config): Iterable<Look>;
}

export interface StackRule<Config> extends Rule<Config> {
  /** Why there is nothing to look at, where the configuration makes it so. */
  idle?(config: Config): string | undefined;
  looks(keys: readonly Key[], config: Config): Iterable<Look>;
}

const described = <Config>({ name, description, enforcementLevel, severity, schema }: Rule<Config>) => ({
  name,
  description,
  enforcementLevel,
  severity,
  configSchema: { properties: schema },
});

/** A policy about each key by itself. */
export const keyPolicy = <Config extends object>(rule: KeyRule<Config>): ResourceValidationPolicy => ({
  ...described(rule),
  validateResource: (args, report) => {
    const key = keyOf(args);
    if (!key) return;
    tellAll(rule.looks(key, { ...rule.defaults, ...args.getConfig<Partial<Config>>() }), report);
  },
});

/** A policy about all keys of a stack together. */
export const stackPolicy = <Config extends object>(rule: StackRule<Config>): StackValidationPolicy => ({
  ...described(rule),
  validateStack: (args, report) => {
    const config = { ...rule.defaults, ...args.getConfig<Partial<Config>>() };
    const idle = rule.idle?.(config);
    if (idle !== undefined) args.notApplicable(idle);
    const keys = args.resources.flatMap((resource) => keyOf(resource) ?? []);
    tellAll(rule.looks(keys, config), report);
  },
});
