import type {
  EnforcementLevel,
  PolicyConfigSchema,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import { type Key, keyOf } from "./keys";
import { type Look, reportAll } from "./unknown";

/** The description of a policy. `Config` is its configuration. */
interface Rule<Config> {
  readonly name: string;
  readonly description: string;
  /** The default effect of a violation. "mandatory" refuses the update. */
  readonly enforcementLevel: EnforcementLevel;
  readonly severity: Severity;
  readonly schema: PolicyConfigSchema["properties"];
  /** The defaults in the schema. The CLI applies them; other callers get them from here. */
  readonly defaults: Config;
}

export interface KeyRule<Config> extends Rule<Config> {
  /** The separate checks of a policy. An unknown value ends only the check that reads it. */
  looks(key: Key, config: Config): Iterable<Look>;
}

export interface StackRule<Config> extends Rule<Config> {
  /** Why the configuration leaves nothing to check, if so. */
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

/** A policy that checks each key by itself. */
export const keyPolicy = <Config extends object>(rule: KeyRule<Config>): ResourceValidationPolicy => ({
  ...described(rule),
  validateResource: (args, report) => {
    const key = keyOf(args);
    if (!key) return;
    reportAll(rule.looks(key, { ...rule.defaults, ...args.getConfig<Partial<Config>>() }), report);
  },
});

/** A policy that checks all keys of a stack together. */
export const stackPolicy = <Config extends object>(rule: StackRule<Config>): StackValidationPolicy => ({
  ...described(rule),
  validateStack: (args, report) => {
    const config = { ...rule.defaults, ...args.getConfig<Partial<Config>>() };
    const idle = rule.idle?.(config);
    if (idle !== undefined) args.notApplicable(idle);
    const keys = args.resources.flatMap((resource) => keyOf(resource) ?? []);
    reportAll(rule.looks(keys, config), report);
  },
});
